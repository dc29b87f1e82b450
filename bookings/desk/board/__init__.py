"""The day board: one location, one day, what everybody does and what is free."""
