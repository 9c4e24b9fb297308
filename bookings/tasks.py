"""What follows a booking outside its transaction."""

from datetime import datetime

from bookings.reservations import Made


def announce_later(made: Made, *, now: datetime) -> None:
    pass
