"""What a racer's process is given before it knows Django."""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.synchronize import Barrier
from uuid import UUID

import django


@dataclass(frozen=True)
class Race:
    """``sessions`` has one visitor for each racer; trial number n is about the n-th half hour from ``first``."""

    expert_id: UUID
    sessions: tuple[UUID, ...]
    first: datetime
    now: datetime
    trials: int

    def start(self, trial: int) -> datetime:
        return self.first + timedelta(minutes=30 * trial)


line: list[Barrier] = []
"""Where all racers of a trial wait for each other; a barrier can only be handed over when a process starts."""


def prepare(database_url: str, settings: str, barrier: Barrier) -> None:
    """Runs first in each process, so that the modules of the racers find their settings."""
    line[:] = [barrier]
    os.environ["DATABASE_URL"] = database_url
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    django.setup()
