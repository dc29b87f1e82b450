"""Booking two sessions at one time, for two who come together."""
