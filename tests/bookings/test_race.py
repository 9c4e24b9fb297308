"""Eight processes, one time: the database decides, and whoever loses is told so with other times."""

import multiprocessing
import os
from collections import Counter, defaultdict
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.db.models import F

from bookings.models import BLOCKING, Booking
from chat.models import Session
from experts.models import Expert, WeeklyHours
from tests.bookings.racer import Choice, Outcome, book_one, do_anything, run
from tests.bookings.racing import Race, prepare

RACERS, TRIALS = 8, int(os.environ.get("UNOBOT_RACE_TRIALS", "150"))
NOW = datetime(2026, 11, 30, 0, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db(transaction=True)


def database_url() -> str:
    """Of the test database, for processes of their own."""
    of = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{of['NAME']}"
    return f"postgres://{of['USER']}:{of['PASSWORD']}@{of['HOST']}:{of['PORT']}/{of['NAME']}"


def make_race(trials: int) -> Race:
    rules = {"timezone": "UTC", "notice": 0, "buffer_after": 0, "horizon": 60, "capacity": 5000}
    expert = Expert.objects.create(name="Ann", email="ann@example.com", role="Consultant", **rules)
    WeeklyHours.objects.bulk_create(WeeklyHours(expert=expert, weekday=day, start=0, end=1440) for day in range(7))
    sessions = [Session.objects.create(created_at=NOW, last_activity_at=NOW).pk for _ in range(RACERS)]
    return Race(expert.pk, tuple(sessions), NOW, NOW, trials)


def results(race: Race, choose: Choice) -> list[Outcome]:
    context = multiprocessing.get_context("spawn")
    given = (database_url(), os.environ["DJANGO_SETTINGS_MODULE"], context.Barrier(RACERS))
    with ProcessPoolExecutor(RACERS, context, prepare, given) as pool:
        racing = [pool.submit(run, race, racer, choose) for racer in range(RACERS)]
        return [outcome for racer in racing for outcome in racer.result()]


def overlaps() -> int:
    rows = Booking.objects.filter(status__in=BLOCKING)
    return sum(
        rows.filter(expert=row.expert_id, busy_from__lt=row.busy_until, busy_until__gt=row.busy_from)
        .exclude(pk=row.pk)
        .count()
        for row in rows.annotate(expert_pk=F("expert"))
    )


def test_of_eight_processes_exactly_one_books(transactional_db: None) -> None:
    """B2 B3"""
    by_trial: dict[int, Counter[str]] = defaultdict(Counter)
    outcomes = results(make_race(TRIALS), book_one)
    for trial, code, _ in outcomes:
        by_trial[trial][code] += 1
    assert [dict(codes) for codes in by_trial.values()] == [{"ok": 1, "slot_taken": RACERS - 1}] * TRIALS
    assert all(alternatives == 3 for _, code, alternatives in outcomes if code == "slot_taken")
    assert (Booking.objects.count(), overlaps()) == (TRIALS, 0)


def test_holds_moves_and_cancels_in_between_never_overlap(transactional_db: None) -> None:
    """B2"""
    codes = Counter(code for _, code, _ in results(make_race(TRIALS), do_anything))
    assert set(codes) <= {"ok", "slot_taken", "conflict"}, codes
    assert codes["ok"] > TRIALS
    assert overlaps() == 0
