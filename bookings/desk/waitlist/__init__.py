"""Reception and those who wait: the list, an entry for a caller, a place for one of them."""
