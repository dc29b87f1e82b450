"""Two together: both booked and changed at once, or neither."""
