"""A booking's mails over a real connection, as both sides receive them."""

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
import time_machine
from icalendar import Calendar

from bookings.tasks import announce
from chat.mail import send_mail
from chat.models import Job, Mail, Session
from experts.models import Expert
from prd.models import Prd, PrdVersion
from tests.bookings.people import MONDAY, TEN, book
from tests.bookings.test_mails import work
from tests.chat.postoffice import Smtp, smtp_server
from unobot import backends


@pytest.fixture
def smtp(settings: Any) -> Iterator[Smtp]:
    with smtp_server() as (server, url):
        for name, value in backends.email(url, data=Path()).items():
            setattr(settings, name, value)
        yield server


def parts(message: EmailMessage) -> dict[str, Any]:
    return {part.get_content_type(): part for part in message.walk()}


def test_both_sides_receive_the_meeting(smtp: Smtp, ann: Expert, vera: Session) -> None:
    """N1 N2 N3 N5"""
    prd = Prd.objects.create(session=vera, created_at=MONDAY)
    PrdVersion.objects.create(prd=prd, number=1, state="written", title="Plan", markdown="# Plan", requested_at=MONDAY)
    booking = book(vera, ann)
    work(announce)
    work(send_mail)
    received = dict(zip(smtp.readers, map(parts, smtp.taken), strict=True))
    assert set(received) == {"vera@example.com", ann.email}
    for found in received.values():
        event = Calendar.from_ical(found["text/calendar"].get_payload(decode=True)).events[0]
        assert (event.start, str(event["UID"])) == (TEN, f"{booking.uid}@unobot")
        assert found["text/calendar"].get_param("method") == "REQUEST"
        assert booking.meeting_link in found["text/plain"].get_content()
        assert booking.meeting_link in found["text/html"].get_content()
    assert received[ann.email]["text/markdown"].get_content().strip() == "# Plan"


def test_a_provider_that_is_away_leaves_the_booking_standing(smtp: Smtp, ann: Expert, vera: Session) -> None:
    """N7"""
    smtp.refusals = ["421 4.3.2 Going away", "421 4.3.2 Going away"]
    booking = book(vera, ann)
    work(announce)
    with time_machine.travel(MONDAY):
        for job_id in Job.objects.filter(kind=send_mail.name).values_list("pk", flat=True):
            send_mail.task.apply(kwargs={"job_id": job_id})
    booking.refresh_from_db()
    assert booking.status == "confirmed"
    assert [(mail.state, "421" in mail.error) for mail in Mail.objects.all()] == [("queued", True)] * 2
