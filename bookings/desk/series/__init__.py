"""Series at the desk: booked on the telephone, seen and changed from each of their bookings."""
