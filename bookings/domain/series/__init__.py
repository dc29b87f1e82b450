"""One session on several dates: previewed, booked and changed together."""
