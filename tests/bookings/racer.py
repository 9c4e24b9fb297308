"""One of several processes that go for the same times through the public door; see test_race."""

import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any
from uuid import UUID

import django


@dataclass(frozen=True)
class Race:
    """``sessions`` has one visitor for each racer; trial number n is about the n-th half hour from ``first``."""

    database_url: str
    settings: str
    expert_id: UUID
    sessions: tuple[UUID, ...]
    first: datetime
    now: datetime
    trials: int

    def start(self, trial: int) -> datetime:
        return self.first + timedelta(minutes=30 * trial)


Outcome = tuple[int, str, int]
"""Trial, "ok" or the error's code, number of alternatives."""


def booking(race: Race, trial: int, **extra: Any) -> dict[str, Any]:
    return {
        "expert_id": race.expert_id,
        "start_time": race.start(trial),
        "timezone": "UTC",
        "client_name": "Vera",
        "client_email": "vera@example.com",
        **extra,
    }


def prepare(race: Race) -> None:
    os.environ["DATABASE_URL"] = race.database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = race.settings
    django.setup()


def run(race: Race, racer: int, barrier: Barrier, play: Callable[[Race, UUID, int], str]) -> list[Outcome]:
    """All trials of one racer; an error that nobody mapped comes back under its own name."""
    prepare(race)
    from chat.errors import UnoBotError  # noqa: PLC0415  # needs the settings of this process

    outcomes: list[Outcome] = []
    for trial in range(race.trials):
        barrier.wait()
        try:
            outcomes.append((trial, play(race, race.sessions[racer], trial), 0))
        except UnoBotError as refusal:
            outcomes.append((trial, refusal.code, len(refusal.alternatives)))
        except Exception as error:  # noqa: BLE001  # what this test is looking for
            outcomes.append((trial, f"unmapped {type(error).__name__}: {error}"[:200], 0))
    return outcomes


def perform(race: Race, session: UUID, command: Any) -> Any:
    from chat.dispatch import perform as dispatch  # noqa: PLC0415

    return dispatch(command, session_id=session, now=race.now)


def book_one(race: Race, session: UUID, trial: int) -> str:
    from chat.contract import CreateBooking  # noqa: PLC0415

    perform(race, session, CreateBooking(id=f"b{trial}", **booking(race, trial)))
    return "ok"


def do_anything(race: Race, session: UUID, trial: int) -> str:
    """Hold, book, move or cancel, at random, in one crowded morning."""
    from bookings.models import Booking  # noqa: PLC0415
    from chat import contract  # noqa: PLC0415

    chance = random.Random(f"{session}{trial}")
    wanted, key = chance.randrange(6), f"x{trial}"
    mine = Booking.objects.filter(session=session, status="confirmed").values_list("pk", flat=True).first()
    command: Any
    match chance.randrange(4):
        case 0:
            command = contract.HoldSlot(id=key, expert_id=race.expert_id, start_time=race.start(wanted))
        case 1 if mine:
            command = contract.RescheduleBooking(id=key, booking_id=mine, start_time=race.start(wanted))
        case 2 if mine:
            command = contract.CancelBooking(id=key, booking_id=mine)
        case _:
            command = contract.CreateBooking(id=key, **booking(race, wanted))
    perform(race, session, command)
    return "ok"
