from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from bookings.models import Booking
from bookings.overlap import TRIGGERS, check_guard
from chat.models import Session
from experts.models import Expert
from tests.bookings.people import MONDAY, TEN, book, make_expert

sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has a constraint")


def raw(expert: Expert, start: Any = TEN, status: str = "confirmed") -> Booking:
    """A row written past every rule."""
    end = start + timedelta(minutes=30)
    times = {
        "start": start,
        "end": end,
        "busy_from": start,
        "busy_until": end,
        "created_at": MONDAY,
        "updated_at": MONDAY,
    }
    return Booking.objects.create(expert=expert, status=status, **times)


def test_the_database_refuses_an_overlapping_insert(ann: Expert) -> None:
    """B2"""
    raw(ann)
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(ann, TEN + timedelta(minutes=29))


def test_the_database_refuses_an_overlapping_update(ann: Expert) -> None:
    raw(ann)
    other = raw(ann, TEN + timedelta(minutes=30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=other.pk).update(busy_from=TEN)


def test_what_does_not_block_may_overlap(ann: Expert) -> None:
    raw(ann)
    assert raw(ann, status="cancelled").status == "cancelled"


def test_touching_is_no_overlap(ann: Expert) -> None:
    raw(ann)
    assert raw(ann, TEN + timedelta(minutes=30)).status == "confirmed"


def test_a_row_written_past_the_rules_is_told_as_taken(ann: Expert, vera: Session) -> None:
    assert book(vera, ann).status == "confirmed"
    assert check_guard(app_configs=None, databases=["default"]) == []


@sqlite
@pytest.mark.django_db
def test_the_check_says_so_when_the_guard_is_missing_and_migrate_puts_it_back() -> None:
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
    assert [message.id for message in check_guard(app_configs=None, databases=["default"])] == ["bookings.E001"]
    call_command("migrate", skip_checks=True, verbosity=0)
    assert check_guard(app_configs=None, databases=["default"]) == []


@pytest.mark.parametrize("back_to", ["zero", "0001"])
def test_migrating_back_and_forward_keeps_the_guard(transactional_db: None, back_to: str) -> None:
    """O2"""
    call_command("migrate", "bookings", back_to, verbosity=0)
    call_command("migrate", verbosity=0)
    assert check_guard(app_configs=None, databases=["default"]) == []
    taken = raw(make_expert())
    with pytest.raises(IntegrityError), transaction.atomic():
        raw(taken.expert)


@sqlite
def test_a_rebuilt_table_gets_its_guard_back(transactional_db: None) -> None:
    """Django rebuilds a table for many changes of its columns, and its triggers go with the old one."""
    with connection.schema_editor() as editor:
        editor._remake_table(Booking)  # type: ignore[attr-defined]
    assert check_guard(app_configs=None, databases=["default"]) != []
    call_command("migrate", skip_checks=True, verbosity=0)
    assert check_guard(app_configs=None, databases=["default"]) == []
