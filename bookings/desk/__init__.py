"""Reception's own pages inside the admin site, under its permissions."""
