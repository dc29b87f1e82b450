"""Bookings that cannot stay as they are, and what can be done about each (rule B8)."""
