"""The one mail that nobody asked for: to who has a plan, no meeting, and agreed to be written to."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from bookings import followup, services
from chat import access, phrases
from chat.consultant.ledger import Entry
from chat.mail import send_mail
from chat.models import Mail, Session
from chat.services import set_consent
from chat.transcript import record
from experts.models import Expert
from prd.models import Prd, PrdVersion
from tests.bookings.people import MONDAY, book, make_visitor
from tests.bookings.test_mails import work

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def after_three_days(settings: Any) -> None:
    settings.FOLLOW_UP_DAYS = 3


def interested(email: str = "vera@example.com", **fields: Any) -> Session:
    """Has a plan, has agreed to be written to, and has not booked."""
    session = make_visitor(**fields)
    record(session, [Entry(slot="email", value=email), Entry(slot="name", value="Vera")], now=MONDAY)
    set_consent(session=session, now=MONDAY, granted=True)
    prd = Prd.objects.create(session=session, created_at=MONDAY)
    PrdVersion.objects.create(prd=prd, number=1, state="written", language="en", requested_at=MONDAY)
    return session


@pytest.fixture
def vera(db: None) -> Session:
    return interested()


def after(days: float) -> list[str]:
    followup.send_all(now=MONDAY + days * DAY)
    return list(Mail.objects.filter(kind="follow_up").values_list("to", flat=True))


def test_it_comes_after_the_days_that_the_site_sets_and_once(vera: Session) -> None:
    """N6"""
    assert after(2.9) == []
    assert after(3) == ["vera@example.com"]
    assert after(4) == ["vera@example.com"]


def test_a_site_that_sets_no_days_sends_none(vera: Session, settings: Any) -> None:
    settings.FOLLOW_UP_DAYS = 0
    assert after(3) == []


def test_without_consent_nobody_is_written_to(vera: Session) -> None:
    """I10 N6"""
    set_consent(session=vera, now=MONDAY, granted=False)
    assert after(3) == []


@pytest.mark.parametrize("cancelled", [False, True])
def test_who_has_ever_booked_is_left_alone(vera: Session, ann: Expert, cancelled: bool) -> None:
    booking = book(vera, ann)
    if cancelled:
        services.cancel_booking(session=vera, now=MONDAY, booking_id=booking.pk)
    assert after(3) == []


def test_who_only_held_a_time_is_written_to(vera: Session, ann: Expert) -> None:
    services.hold_slot(session=vera, now=MONDAY, expert_id=ann.pk, start_time=MONDAY + timedelta(hours=1))
    assert after(3) == ["vera@example.com"]


def test_who_waits_for_a_person_is_left_alone(vera: Session) -> None:
    Session.objects.update(handed_over=True)
    assert after(3) == []


def test_who_has_no_plan_is_left_alone(vera: Session) -> None:
    PrdVersion.objects.update(state="failed")
    assert after(3) == []


def test_a_conversation_that_cannot_be_gone_on_with_is_not_offered(vera: Session) -> None:
    """S4"""
    assert after(7) == []


def test_one_person_with_two_conversations_gets_one(vera: Session) -> None:
    interested("Vera@Example.com")
    assert len(after(3)) == 1


def test_its_link_opens_the_conversation_and_it_can_be_unsubscribed_from(vera: Session) -> None:
    """N6 S3"""
    after(3)
    later = MONDAY + 3 * DAY
    work(send_mail, now=later)
    message = outbox.outbox[0]
    token = message.body.partition("#resume=")[2].split()[0]
    assert access.resume(token, now=later)[0] == vera
    assert message.extra_headers["List-Unsubscribe"].strip("<>") in message.body


def test_who_has_unsubscribed_is_not_written_to(vera: Session, client: Client) -> None:
    """N6"""
    after(3)
    client.post(Mail.objects.get().unsubscribe_url.removeprefix("http://testserver"))
    work(send_mail, now=MONDAY + 3 * DAY)
    assert outbox.outbox == []


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_it_speaks_the_language_of_the_conversation(db: None, language: str) -> None:
    interested(language=language)
    after(3)
    mailed = Mail.objects.get()
    assert mailed.subject == phrases.say(language, "follow_up_subject")
    assert phrases.say(language, "unsubscribe") in mailed.html
