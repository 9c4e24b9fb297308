"""The staff's pages about meetings."""

from bookings.admin import bookings

__all__ = ["bookings"]
