"""A conversation goes to a person, with a brief, and back to the bot."""

from typing import Any

import pytest
from channels.layers import get_channel_layer
from django.core import mail as outbox
from django.db import transaction
from django.test import Client
from django.urls import reverse

from chat import brief, handover, staff
from chat.consultant.language import supported
from chat.consultant.ledger import Entry, fold
from chat.models import Mail, Session
from chat.publish import room
from tests.chat.people import NOW
from tests.chat.talk import begin, last, say, told
from tests.staff import staff as signed_in

NEED = Entry(slot="challenges", value="orders are retyped", quote="orders are retyped by hand", message=1)
MARIA = Entry(slot="name", value="Maria Gruber", quote="Maria Gruber", message=1)


@pytest.fixture
def desk(settings: Any) -> str:
    settings.STAFF_EMAIL = "desk@example.com"
    return "desk@example.com"


@pytest.fixture
def waiting(db: None, desk: str) -> Session:
    """Maria has told what hurts and asked for a person."""
    session = begin()
    say(session, "I am Maria Gruber of Alpenholz. Every day 300 orders are retyped by hand.")
    say(session, "I want to talk to a human")
    return session


def page(client: Client, session: Session) -> str:
    return client.get(reverse("admin:chat_session_change", args=[session.pk])).content.decode()


def test_the_desk_is_mailed_the_brief(waiting: Session, desk: str) -> None:
    sent = Mail.objects.get(kind="hand_over")
    assert sent.to == desk
    for part in ("Name: Maria Gruber", "300 orders", "m2)", "I want to talk to a human", "- Budget", "Lead score:",
                 "Hello Maria Gruber, I am [your name]", f"/admin/chat/session/{waiting.pk}/change/"):  # fmt: skip
        assert part in sent.text
    assert "- Name\n" not in sent.text
    assert not outbox.outbox


def test_the_brief_is_a_branded_page_too_and_runs_nothing(db: None, desk: str) -> None:
    """N5 Q2"""
    handover.hand_over(begin(), reason="<script>alert(1)</script>", now=NOW)
    html = Mail.objects.get(kind="hand_over").html
    assert "#2563EB" in html
    assert "&lt;script&gt;" in html
    assert "<script" not in html


def test_asking_twice_mails_once(waiting: Session) -> None:
    with transaction.atomic():
        handover.hand_over(waiting, reason="again", now=NOW)
    assert Mail.objects.filter(kind="hand_over").count() == 1


def test_the_page_has_the_reason_what_is_open_and_words_to_begin_with(waiting: Session) -> None:
    shown = page(signed_in("Sales", "Olga"), waiting)
    for part in ("<q>I want to talk to a human</q>", "Still open", "<li>Budget", "Hello Maria Gruber, I am Olga"):
        assert part in shown


def test_once_somebody_has_spoken_nothing_is_suggested(waiting: Session) -> None:
    sales = signed_in("Sales", "Olga")
    sales.post(reverse("admin:chat_session_do", args=[waiting.pk, "reply"]), {"text": "I am here."})
    assert "A suggestion" not in page(sales, waiting)


def test_viewers_see_no_words_of_the_brief(waiting: Session) -> None:
    shown = page(signed_in("Viewers"), waiting)
    assert not [word for word in ("Maria", "talk to a human", "retyped") if word in shown]


def test_visitor_and_staff_talk_while_the_bot_is_silent_and_the_bot_goes_on_after(waiting: Session) -> None:
    with transaction.atomic():
        staff.reply(session=waiting, text="I am Olga. What is your ERP?", name="Olga", now=NOW)
    assert say(waiting, "We use SAP.") == ""
    assert told(waiting)[-2:] == ["message", "message_accepted"]
    with transaction.atomic():
        staff.give_back(session=waiting, now=NOW)
    assert last(waiting, "handed_over")["active"] is False
    assert say(waiting, "We also use Excel.")


async def _pushed(session: Session, *, active: bool) -> list[Any]:
    layer: Any = get_channel_layer()
    channel = await layer.new_channel()
    await layer.group_add(room(session.pk), channel)
    staff.show_typing(session, active=active)
    return list((await layer.receive(channel))["frames"])


@pytest.mark.parametrize(("active", "kind"), [(True, "typing_start"), (False, "typing_stop")])
async def test_the_visitor_sees_staff_typing(active: bool, kind: str) -> None:
    """W16"""
    frames = await _pushed(Session(handed_over=True), active=active)
    assert [(seq, f'"{kind}"' in body, '"from":"staff"' in body) for seq, body in frames] == [(0, True, True)]


@pytest.mark.parametrize(("role", "status"), [("Sales", 204), ("Viewers", 403)])
def test_only_who_may_answer_is_seen_typing(waiting: Session, role: str, status: int) -> None:
    url = reverse("admin:chat_session_typing", args=[waiting.pk, "start"])
    assert signed_in(role).post(url).status_code == status


def test_an_answer_is_written_only_into_an_open_conversation(waiting: Session) -> None:
    Session.objects.filter(pk=waiting.pk).update(status="closed")
    assert "Answer the visitor" not in page(signed_in("Sales"), waiting)


def test_the_score_says_how_sure_it_is_and_what_speaks_for_the_service(waiting: Session) -> None:
    """L1, L2"""
    shown = page(signed_in("Sales"), waiting)
    for part in (
        "% of what counts is known",
        "It can still become anything from",
        "Challenge named",
        "points from what was said",
    ):
        assert part in shown


@pytest.mark.parametrize("language", supported())
def test_the_suggested_reply_greets_quotes_and_asks_one_thing(language: str) -> None:
    reply = brief.suggested_reply(fold([MARIA, NEED]), language=language, staff="Olga")
    assert all(part in reply for part in ("Maria Gruber", "Olga", "orders are"))
    assert sum(reply.count(mark) for mark in "?？؟") <= 1
    assert brief.suggested_reply({}, language=language, staff="Olga")


def test_what_was_refused_is_open_and_never_asked_again() -> None:
    asked = ("name", "industry", "tech_stack", "success_criteria", "timeline", "decision_maker", "company_size")
    known = fold([NEED, *(Entry(slot=slot, value=None, status="declined") for slot in (*asked, "budget"))])
    assert "Budget (declined)" in brief.open_questions(known)
    assert "e-mail" in brief.suggested_reply(known, language="en", staff="Olga").lower()
