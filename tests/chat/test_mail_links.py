"""Links in mails: one opens the conversation elsewhere, one stops what nobody asked for; both are secrets."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from chat import access, mail, optout, phrases, services
from chat.consultant.language import supported
from chat.consultant.ledger import Entry
from chat.errors import Forbidden, Invalid, RateLimited
from chat.mail import send_mail
from chat.models import AccessToken, Job, Mail, OptOut, Session
from chat.transcript import record
from tests.bookings.test_mails import work
from tests.chat.people import NOW, new_session

pytestmark = pytest.mark.django_db

MARIA = "maria@example.com"


def ask(session: Session, email: str | None = MARIA) -> None:
    services.send_resume_link(session=session, now=NOW, email=email)


def sent() -> Any:
    """The mail as it went out."""
    work(send_mail, now=NOW)
    return outbox.outbox[-1].message()


def body(message: Any, kind: str) -> str:
    part = next(part for part in message.walk() if part.get_content_type() == kind)
    return str(part.get_payload(decode=True).decode())


def secret(message: Any) -> str:
    found = re.search(r"http://testserver/#resume=([\w-]{43})", body(message, "text/plain"))
    assert found
    return found[1]


def test_the_mailed_link_opens_the_conversation() -> None:
    """S3"""
    session = new_session()
    ask(session)
    resumed, token = access.resume(secret(sent()), now=NOW)
    assert resumed == session
    assert access.open_session(session.pk, token, now=NOW) == session


def test_the_secret_is_in_both_parts_and_nowhere_in_the_database() -> None:
    """S3 Q6"""
    ask(new_session())
    message = sent()
    token = secret(message)
    assert f"#resume={token}" in body(message, "text/html")
    kept = f"{Mail.objects.values_list()}{Job.objects.values_list()}{AccessToken.objects.values_list()}"
    assert token not in kept


def test_a_mail_tried_twice_has_a_link_that_works() -> None:
    """N7 S3"""
    session = new_session()
    ask(session)
    first = secret(sent())
    Mail.objects.update(state="queued")
    Job.objects.update(state="pending")
    second = secret(sent())
    assert first != second
    assert access.resume(second, now=NOW)[0] == session


def test_the_address_that_is_known_is_used_when_none_is_given() -> None:
    session = new_session()
    record(session, [Entry(slot="email", value="known@example.com"), Entry(slot="name", value="Maria")], now=NOW)
    ask(session, None)
    mailed = Mail.objects.get()
    assert mailed.to == "known@example.com"
    assert mailed.text.startswith("Hello Maria,")


def test_an_address_given_for_the_link_becomes_no_fact() -> None:
    """I10"""
    session = new_session()
    ask(session)
    assert not session.ledger.exists()


@pytest.mark.parametrize("email", [None, "nobody", "a@b@c"])
def test_without_an_address_nothing_is_sent(email: str | None) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(new_session(), email)
    assert refusal.value.details[0].field == "email"
    assert not Mail.objects.exists()


def test_nobody_is_flooded_with_links(settings: Any) -> None:
    """Q4"""
    settings.RATE_LIMITS = True
    victim, session = "victim@example.com", new_session()
    for _ in range(3):
        ask(session, victim)
    with pytest.raises(RateLimited):
        ask(session, victim)
    for _ in range(2):
        ask(new_session(), victim)
    with pytest.raises(RateLimited):
        ask(new_session(), "VICTIM@example.com")


@pytest.mark.parametrize("language", supported())
def test_the_link_is_mailed_in_the_language_of_the_conversation(language: str) -> None:
    ask(new_session(language=language))
    mailed = Mail.objects.get()
    assert mailed.subject == phrases.say(language, "resume_subject")
    assert f'lang="{language}" dir="{phrases.direction(language)}"' in mailed.html
    assert phrases.say(language, "resume_secret") in mailed.text


def test_the_mail_says_until_when_the_link_works() -> None:
    """S4"""
    ask(new_session())
    assert "Monday, 30 November 2026" in Mail.objects.get().text


def promise(*, unsubscribe: bool = True) -> Mail:
    url = optout.url(MARIA, "de") if unsubscribe else ""
    return mail.post(
        to=MARIA, subject="News", text="Text", html="<p>Text</p>", kind="news", now=NOW, unsubscribe_url=url
    )


def path_of(posted: Mail) -> str:
    return posted.unsubscribe_url.removeprefix("http://testserver")


def test_a_mail_nobody_asked_for_can_be_stopped_with_one_click() -> None:
    """N6: RFC 2369 and RFC 8058"""
    posted = promise()
    message = sent()
    assert message["List-Unsubscribe"] == f"<{posted.unsubscribe_url}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_mail_that_belongs_to_something_asked_for_has_no_such_header() -> None:
    promise(unsubscribe=False)
    assert sent()["List-Unsubscribe"] is None


def test_looking_at_the_link_changes_nothing(client: Client) -> None:
    """N6"""
    shown = client.get(path_of(promise())).content.decode()
    assert phrases.say("de", "unsubscribe_ask") in shown
    assert '<form method="post">' in shown
    assert not OptOut.objects.exists()


def test_one_click_of_the_mail_program_is_honoured_ever_after(client: Client) -> None:
    """N6"""
    late = promise()
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(path_of(late), {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, answer.cookies) == (200, {})
    promise()
    work(send_mail, now=NOW)
    assert outbox.outbox == []
    assert set(Mail.objects.values_list("state", "sent_at")) == {("withheld", None)}


def test_unsubscribing_is_remembered_and_may_be_repeated(client: Client) -> None:
    link = path_of(promise())
    pages = [client.post(link), client.post(link), client.get(link)]
    assert all(phrases.say("de", "unsubscribed") in page.content.decode() for page in pages)
    assert OptOut.objects.count() == 1


def test_mails_that_belong_to_something_asked_for_still_come(client: Client) -> None:
    """N6"""
    client.post(path_of(promise()))
    ask(new_session())
    work(send_mail, now=NOW)
    assert [message.to for message in outbox.outbox] == [[MARIA]]


def test_others_are_not_unsubscribed(client: Client) -> None:
    client.post(path_of(promise()))
    assert optout.refused_by("MARIA@example.com ")
    assert not optout.refused_by("mario@example.com")


def test_the_wish_is_kept_without_the_address(client: Client) -> None:
    """S7 Q6"""
    link = path_of(promise())
    client.post(link)
    assert "maria" not in f"{link}{OptOut.objects.values_list()}".lower()


def test_a_forged_link_unsubscribes_nobody(client: Client) -> None:
    """Q1"""
    link = path_of(promise())
    assert client.post(f"{link[:-3]}xx/").status_code == 404
    assert not OptOut.objects.exists()


def test_an_unsubscribe_link_opens_no_conversation() -> None:
    """Q1"""
    with pytest.raises(Forbidden):
        access.resume(path_of(promise()).split("/")[-2], now=NOW)


@pytest.mark.parametrize("language", supported())
def test_every_language_says_the_same_with_the_same_blanks(language: str) -> None:
    blanks = ("{name}", "{staff}", "{quote}", "{day}")
    assert phrases.phrases(language).keys() == phrases.phrases("en").keys()
    for key, english in phrases.phrases("en").items():
        assert [blank in phrases.phrases(language)[key] for blank in blanks] == [blank in english for blank in blanks]


def test_a_session_that_lives_on_shows_the_later_day() -> None:
    ask(new_session(last_activity_at=NOW + timedelta(days=1)))
    assert "Tuesday, 1 December 2026" in Mail.objects.get().text
