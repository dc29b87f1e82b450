"""Clients at the desk: found, looked after, brought together, given what is theirs."""
