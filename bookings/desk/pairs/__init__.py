"""Two together at the desk: seen and changed from either booking, and booked on the telephone."""
