"""Bookings that a studio file brings, tens of thousands of them at a time."""
