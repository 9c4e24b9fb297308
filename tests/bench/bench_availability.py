"""How long free times take with 5,000 bookings in the database: 10 experts x 30 days, 200 experts x 14 days.

    [DATABASE_URL=postgres://…] .venv/bin/python -m tests.bench.bench_availability [--rounds 40]

Runs on a test database of its own, made beside the one that DATABASE_URL names and dropped at the end.
"""

import argparse
import os
import random
import statistics
import time
from datetime import UTC, datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402

from bookings.agenda import free  # noqa: E402
from bookings.models import Booking  # noqa: E402
from experts.models import Expert, WeeklyHours  # noqa: E402
from experts.slots import Span  # noqa: E402

NOW = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney", "America/Sao_Paulo")
CASES = ((10, 30, 50), (200, 14, 500))
"""Experts, days, milliseconds at the 95th percentile."""


def populate(experts: int = 200, bookings: int = 5000) -> None:
    rules = {"role": "Consultant", "notice": 0, "horizon": 90, "capacity": 500}
    made = Expert.objects.bulk_create(
        Expert(name=f"Expert {n}", email=f"e{n}@example.com", timezone=ZONES[n % len(ZONES)], **rules)
        for n in range(experts)
    )
    WeeklyHours.objects.bulk_create(
        WeeklyHours(expert=expert, weekday=day, start=start, end=end)
        for expert in made
        for day in range(5)
        for start, end in ((540, 720), (780, 1080))
    )
    half_hours = [NOW + timedelta(minutes=60 * n) for n in range(24 * 60)]
    chosen = {(n % experts, random.choice(half_hours)) for n in range(bookings * 2)}
    rows = [_row(made[place], start) for place, start in sorted(chosen)[: bookings * 2 : 2]]
    Booking.objects.bulk_create(rows[:bookings], batch_size=500)


def _row(expert: Expert, start: datetime) -> Booking:
    end = start + timedelta(minutes=30)
    times = {"start": start, "end": end, "busy_from": start, "busy_until": end + timedelta(minutes=15)}
    return Booking(expert=expert, status="confirmed", created_at=NOW, updated_at=NOW, **times)


def measure(experts: int, days: int, goal: int, rounds: int) -> None:
    took, window = [], Span(NOW, NOW + timedelta(days=days))
    for number in range(rounds + 3):
        chosen = list(Expert.objects.order_by("pk")[:experts])
        started = time.perf_counter()
        found = free(chosen, window=window, now=NOW)
        if number >= 3:
            took.append((time.perf_counter() - started) * 1000)
    p95 = sorted(took)[round(0.95 * (len(took) - 1))]
    slots = sum(map(len, found.values()))
    print(
        f"{connection.vendor:10} {experts:4} experts x {days} days  {slots:6} slots  "
        f"p50 {statistics.median(took):6.1f} ms  p95 {p95:6.1f} ms  goal {goal} ms"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        populate()
        print(f"{Booking.objects.count()} bookings of {Expert.objects.count()} experts")
        for experts, days, goal in CASES:
            measure(experts, days, goal, options.rounds)
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
