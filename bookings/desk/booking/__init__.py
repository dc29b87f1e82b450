"""Writing a booking: on the telephone, and on its own page."""
