"""Booking one session on several dates, from the time that is held."""
