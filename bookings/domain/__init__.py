"""The only writers of bookings, and the rules as they are applied to rows.

Every door calls these functions with the minute and with who is calling; they lock, gather rows
as plain values, let `bookings.scheduling` decide, and write. They know nothing of HTTP.
"""
