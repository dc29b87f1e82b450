"""My bookings: what clients see and do who are signed in by a code."""
