"""One of several processes that go for the same times through the public door; see test_race."""

import random
from collections.abc import Callable
from typing import Any
from uuid import UUID

from bookings.models import Booking
from chat.contract import Action, CancelBooking, CreateBooking, HoldSlot, RescheduleBooking
from chat.dispatch import perform
from chat.errors import UnoBotError
from tests.bookings.racing import Race, line

Outcome = tuple[int, str, int]
"""Trial, "ok" or the error's code, number of alternatives."""
Choice = Callable[[Race, UUID, int], Action]


def booking(race: Race, trial: int, key: str) -> CreateBooking:
    who: dict[str, Any] = {"timezone": "UTC", "client_name": "Vera", "client_email": "vera@example.com"}
    return CreateBooking(id=key, expert_id=race.expert_id, start_time=race.start(trial), **who)


def book_one(race: Race, session: UUID, trial: int) -> Action:
    return booking(race, trial, f"b{trial}")


def do_anything(race: Race, session: UUID, trial: int) -> Action:
    """Hold, book, move or cancel, at random, in one crowded morning."""
    chance = random.Random(f"{session}{trial}")
    wanted, key = chance.randrange(6), f"x{trial}"
    mine = Booking.objects.filter(session=session, status="confirmed").values_list("pk", flat=True).first()
    match chance.randrange(4):
        case 0:
            return HoldSlot(id=key, expert_id=race.expert_id, start_time=race.start(wanted))
        case 1 if mine:
            return RescheduleBooking(id=key, booking_id=mine, start_time=race.start(wanted))
        case 2 if mine:
            return CancelBooking(id=key, booking_id=mine)
    return booking(race, wanted, key)


def run(race: Race, racer: int, choose: Choice) -> list[Outcome]:
    """All trials of one racer. An error that nobody mapped ends the race, and with it the test."""
    outcomes: list[Outcome] = []
    barrier = line[0]
    try:
        for trial in range(race.trials):
            command = choose(race, race.sessions[racer], trial)
            barrier.wait()
            try:
                perform(command, session_id=race.sessions[racer], now=race.now)
                outcomes.append((trial, "ok", 0))
            except UnoBotError as refusal:
                outcomes.append((trial, refusal.code, len(refusal.alternatives)))
    finally:
        if len(outcomes) < race.trials:
            barrier.abort()
    return outcomes
