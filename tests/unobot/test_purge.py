"""What is left of a conversation that nobody needs any more: its figures, and not a word of anybody."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from bookings import services
from bookings.models import Booking, BookingChange
from bookings.reservations import Actor
from chat import access, mail
from chat.consultant.ledger import Entry
from chat.errors import Expired
from chat.models import AccessToken, Event, Job, LedgerEntry, Mail, Message, Session
from chat.services import set_consent
from chat.transcript import add_message, record
from experts.models import Expert
from prd.models import Prd, PrdVersion
from tests.bookings.people import MONDAY, TEN, book, make_expert, make_visitor
from unobot.insights import Period, report
from unobot.purge import purge
from unobot.tasks import purge_nightly

DAY = timedelta(days=1)
PERIOD = Period(MONDAY.date(), MONDAY.date())


@pytest.fixture
def ann(db: None) -> Expert:
    return make_expert()


def talk(session: Session) -> Session:
    """Vera has said a word that must not be found again."""
    add_message(session, "assistant", "What hurts?", now=MONDAY, meta={"asking": ["challenges"]})
    message = add_message(session, "user", "Zanzibar hurts", now=MONDAY)
    record(session, [Entry(slot="challenges", value="Zanzibar", quote="Zanzibar", message=message.number)], now=MONDAY)
    return session


def agree(session: Session) -> Session:
    record(session, [Entry(slot="email", value="zanzibar@example.com")], now=MONDAY)
    set_consent(session=session, now=MONDAY, granted=True)
    return session


def plan(session: Session) -> Session:
    prd = Prd.objects.create(session=session, created_at=MONDAY)
    fields = {"title": "Zanzibar", "markdown": "Zanzibar", "requested_at": MONDAY}
    PrdVersion.objects.create(prd=prd, number=1, state="written", **fields)
    return session


def book_as_zanzibar(session: Session, ann: Expert, start: datetime = TEN) -> Session:
    book(session, ann, start, client_name="Zanzibar", client_email="zanzibar@example.com", notes="Zanzibar")
    return session


def everything() -> str:
    """All that the database holds of the product."""
    models = [model for app in ("chat", "prd", "bookings") for model in apps.get_app_config(app).get_models()]
    return "".join(str(list(model._default_manager.values())) for model in models)


def purged(session: Session) -> bool:
    session.refresh_from_db()
    return session.purged_at is not None


def test_a_conversation_keeps_no_word_after_the_days_that_the_site_sets(ann: Expert) -> None:
    """S7"""
    vera = book_as_zanzibar(plan(agree(talk(make_visitor(referrer="https://zanzibar.example")))), ann)
    mail.post(to="zanzibar@example.com", subject="S", text="T", kind="k", session=vera, now=MONDAY)
    purge(now=MONDAY + 90 * DAY)
    assert not purged(vera)
    assert "Zanzibar" in everything()
    purge(now=MONDAY + 90 * DAY + timedelta(seconds=1))
    assert purged(vera)
    assert "zanzibar" not in everything().lower()


def test_the_statistics_count_it_as_before(ann: Expert) -> None:
    """A3 S7"""
    book_as_zanzibar(plan(agree(talk(make_visitor(score=80)))), ann)
    plan(talk(make_visitor(score=20)))
    talk(make_visitor())
    make_visitor()
    now = MONDAY + 91 * DAY
    before = report(PERIOD, now=now)
    assert purge(now=now) == 4
    assert report(PERIOD, now=now) == before
    assert [step.count for step in before.funnel] == [4, 3, 1, 2, 1]


def test_how_it_ended_stays(ann: Expert) -> None:
    """S7: idle sessions are abandoned, booked ones completed."""
    vera, walid = book_as_zanzibar(make_visitor(), ann), talk(make_visitor())
    purge(now=MONDAY + 91 * DAY)
    assert [(purged(each), each.status) for each in (vera, walid)] == [(True, "completed"), (True, "abandoned")]


def test_who_agreed_to_nothing_and_has_nothing_is_forgotten_when_the_conversation_ends(db: None) -> None:
    """I10 S7"""
    vera = talk(make_visitor())
    purge(now=MONDAY + 7 * DAY)
    assert not purged(vera)
    purge(now=MONDAY + 7 * DAY + timedelta(seconds=1))
    assert purged(vera)
    assert not Message.objects.exists() | LedgerEntry.objects.exists() | Event.objects.exists()


@pytest.mark.parametrize("reason", [agree, plan])
def test_who_agreed_or_has_a_plan_is_kept_for_the_sites_days(db: None, reason: Any) -> None:
    vera = reason(talk(make_visitor()))
    purge(now=MONDAY + 30 * DAY)
    assert not purged(vera)


def test_who_waits_for_a_person_is_kept(db: None) -> None:
    vera = talk(make_visitor(handed_over=True))
    purge(now=MONDAY + 30 * DAY)
    assert not purged(vera)


def test_nobody_is_forgotten_whose_meeting_lies_ahead(ann: Expert) -> None:
    vera = book_as_zanzibar(make_visitor(), ann)
    Booking.objects.update(start=MONDAY + 95 * DAY, end=MONDAY + 95.1 * DAY, busy_until=MONDAY + 95.1 * DAY)
    purge(now=MONDAY + 91 * DAY)
    assert not purged(vera)
    purge(now=MONDAY + 96 * DAY)
    assert purged(vera)


def test_the_days_are_the_sites(settings: Any, db: None) -> None:
    settings.RETENTION_DAYS = 10
    vera = agree(talk(make_visitor()))
    purge(now=MONDAY + 11 * DAY)
    assert purged(vera)


def test_an_old_link_is_told_that_the_conversation_has_ended(db: None) -> None:
    """S4"""
    vera = talk(make_visitor())
    token = access.issue(vera, AccessToken.Kind.ACCESS, now=MONDAY)
    purge(now=MONDAY + 8 * DAY)
    with pytest.raises(Expired, match="start a new one"):
        access.open_session(vera.pk, token, now=MONDAY + 8 * DAY)


def test_the_purge_may_run_twice_and_leaves_what_visitors_erased_themselves(db: None) -> None:
    talk(make_visitor())
    make_visitor(status="erased")
    assert [purge(now=MONDAY + 91 * DAY) for _ in range(2)] == [1, 0]


def test_meetings_that_staff_made_are_forgotten_too(ann: Expert) -> None:
    services.book_for(
        now=MONDAY, expert_id=ann.pk, start_time=TEN, timezone="UTC", client_name="Zanzibar",
        client_email="zanzibar@example.com", actor=Actor(kind=BookingChange.Actor.STAFF, name="olga"),
    )  # fmt: skip
    Mail.objects.create(kind="k", to="zanzibar@example.com", subject="Zanzibar", text="", created_at=MONDAY)
    purge(now=TEN + 90 * DAY)
    assert "Zanzibar" in everything()
    purge(now=TEN + 91 * DAY)
    assert "zanzibar" not in everything().lower()
    assert Booking.objects.count() == 1


def test_jobs_that_have_ended_go_and_open_ones_stay(db: None) -> None:
    for state in ("done", "failed", "pending"):
        Job.objects.create(kind="k", state=state, run_at=MONDAY, created_at=MONDAY, finished_at=MONDAY)
    purge(now=MONDAY + 91 * DAY)
    assert list(Job.objects.values_list("state", flat=True)) == ["pending"]


def test_the_clock_does_it_every_night(settings: Any, db: None) -> None:
    """S7"""
    assert settings.CELERY_BEAT_SCHEDULE["purge"]["task"] == purge_nightly.name
    long_ago = timezone.now() - 91 * DAY
    vera = Session.objects.create(created_at=long_ago, last_activity_at=long_ago)
    purge_nightly()
    assert purged(vera)
