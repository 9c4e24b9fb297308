"""Mails go out over real connections; what fails is tried again, what is refused for good is not."""

import base64
import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from chat import jobs, mail
from chat.mail import send_mail
from chat.models import Job, Mail
from tests.chat.postoffice import Postmark, Smtp, postmark_server, smtp_server
from unobot import backends

pytestmark = pytest.mark.django_db

TO = "maria@example.com"
ICS = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"


def use(settings: Any, url: str) -> None:
    for name, value in backends.email(url, data=Path()).items():
        setattr(settings, name, value)


@pytest.fixture
def smtp(settings: Any) -> Iterator[Smtp]:
    with smtp_server() as (server, url):
        use(settings, url)
        yield server


@pytest.fixture
def postmark(settings: Any) -> Iterator[Postmark]:
    with postmark_server() as (server, url):
        use(settings, url)
        yield server


def post() -> Mail:
    invite = ("invite.ics", "text/calendar; method=REQUEST", ICS)
    return mail.post(
        to=TO, subject="Bestätigt", text="Größe", html="<p>Größe</p>", kind="news", now=timezone.now(),
        attachments=[invite, ("plan.md", "text/markdown", "# Größe".encode())],
    )  # fmt: skip


def attempt(posted: Mail) -> Mail:
    """What a worker does with the job that was promised for a mail, its failure included."""
    job = Job.objects.get(arguments={"mail_id": str(posted.pk)})
    send_mail.task.apply(kwargs={"job_id": job.pk})
    posted.refresh_from_db()
    return posted


def later(posted: Mail) -> Mail:
    """The next attempt, when the sweep has found it due."""
    with time_machine.travel(timezone.now() + timedelta(minutes=10)):
        assert jobs.sweep(now=timezone.now()) == 1
        return attempt(posted)


def test_a_mail_arrives_with_all_its_parts(smtp: Smtp) -> None:
    """N1 N3 N5"""
    assert attempt(post()).state == "sent"
    [message] = smtp.taken
    parts = {part.get_content_type(): part for part in message.walk()}
    assert (message["Subject"], message["To"], smtp.readers) == ("Bestätigt", TO, [TO])
    assert parts["text/plain"].get_content().strip() == "Größe"
    assert "<p>Größe</p>" in parts["text/html"].get_content()
    assert parts["text/calendar"].get_param("method") == "REQUEST"
    assert parts["text/calendar"].get_payload(decode=True) == ICS
    assert parts["text/markdown"].get_filename() == "plan.md"


@pytest.mark.parametrize(("of_data", "answer"), [(False, "450 4.2.1 Busy"), (True, "451 4.3.0 Try again later")])
def test_a_server_that_is_busy_is_asked_again(smtp: Smtp, of_data: bool, answer: str) -> None:
    """N7"""
    smtp.refusals, smtp.of_data = [answer], of_data
    posted = attempt(post())
    assert (posted.state, smtp.taken) == ("queued", [])
    assert answer[:3] in posted.error
    assert later(posted).state == "sent"
    assert (len(smtp.taken), posted.error) == (1, "")


@pytest.mark.parametrize(("of_data", "answer"), [(False, "550 5.1.1 No such user"), (True, "554 5.7.1 Refused")])
def test_a_refusal_for_good_is_not_tried_again_and_says_why(smtp: Smtp, of_data: bool, answer: str) -> None:
    """N7"""
    smtp.refusals, smtp.of_data = [answer], of_data
    posted = attempt(post())
    assert (posted.state, smtp.taken) == ("failed", [])
    assert answer[:3] in posted.error
    assert Job.objects.get().state == "done"


def test_what_was_refused_can_be_sent_again_by_staff(smtp: Smtp) -> None:
    smtp.refusals = ["550 5.1.1 No such user"]
    posted = attempt(post())
    Job.objects.all().delete()
    assert mail.send_again(Mail.objects.all(), now=timezone.now()) == 1
    assert attempt(posted).state == "sent"


def test_a_server_that_is_away_is_asked_until_there_is_no_hope(settings: Any) -> None:
    """N7 Z4"""
    with smtp_server() as (_, url):
        use(settings, url)
    posted = post()
    moments = [timezone.now() + timedelta(hours=hours) for hours in range(send_mail.max_attempts)]
    for moment in moments:
        with time_machine.travel(moment):
            jobs.sweep(now=moment)
            assert attempt(posted).error.startswith("ConnectionRefusedError")
    assert (posted.state, Job.objects.get().attempt) == ("failed", send_mail.max_attempts)


def test_no_log_says_whom_a_mail_was_for(smtp: Smtp, caplog: pytest.LogCaptureFixture) -> None:
    """Q6"""
    smtp.refusals = [f"450 4.2.1 <{TO}> is busy"]
    with caplog.at_level(logging.INFO):
        attempt(post())
    ours = " ".join(caplog.handler.format(record) for record in caplog.records if record.name != "mail.log")
    assert "Undelivered" in ours
    assert TO not in ours


def test_a_providers_interface_takes_the_same_parts(postmark: Postmark) -> None:
    """N1 N3"""
    assert attempt(post()).state == "sent"
    [taken] = postmark.taken
    assert postmark.keys == ["the-key"]
    assert (taken["To"], taken["Subject"], taken["TextBody"]) == (TO, "Bestätigt", "Größe")
    files = {each["Name"]: each for each in taken["Attachments"]}
    assert files["invite.ics"]["ContentType"].startswith('text/calendar; method="REQUEST"')
    assert base64.b64decode(files["plan.md"]["Content"]).decode() == "# Größe"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, {"ErrorCode": 500, "Message": "Internal"}),
        (429, {"ErrorCode": 429, "Message": "Rate limit"}),
        (401, {"ErrorCode": 10, "Message": "Bad or missing API token"}),
        (200, {"not": "what was agreed"}),
    ],
)
def test_a_provider_that_fails_is_asked_again(postmark: Postmark, status: int, body: Any) -> None:
    """N7"""
    postmark.refusals = [(status, body)]
    posted = attempt(post())
    assert (posted.state, bool(posted.error)) == ("queued", True)
    assert later(posted).state == "sent"
    assert len(postmark.taken) == 1


def test_an_address_that_a_provider_has_given_up_is_not_tried_again(postmark: Postmark) -> None:
    """N7"""
    gone = f"You tried to send to a recipient that is inactive. Found inactive addresses: {TO}. Inactive recipients …"
    postmark.refusals = [(422, {"ErrorCode": 406, "Message": gone})]
    posted = attempt(post())
    assert (posted.state, Job.objects.get().state) == ("failed", "done")
    assert "rejected" in posted.error


def test_a_mail_that_a_provider_cannot_read_is_not_tried_again(postmark: Postmark) -> None:
    postmark.refusals = [(422, {"ErrorCode": 300, "Message": "Invalid 'From' address: 'x'."})]
    assert attempt(post()).state == "failed"
