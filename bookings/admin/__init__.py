"""Reception's and the managers' pages: one module a subject."""

from bookings.admin import bookings, clients

__all__ = ["bookings", "clients"]
