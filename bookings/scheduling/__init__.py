"""When a session fits: pure functions on plain values.

Nothing here knows Django, a database or a clock. Instants are whole minutes since 1970 in UTC,
stretches of time are integers with one bit for each five minutes.
"""
