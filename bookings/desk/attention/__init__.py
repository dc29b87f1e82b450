"""Bookings that somebody must deal with (rule B8): the list, and one click to deal with each."""
