"""The staff's pages about conversations, mails and jobs."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from chat import handover, mail, services, staff, transcript
from chat.consultant.ledger import Entry
from chat.errors import Conflict, Invalid
from chat.models import Event, Job, Mail, Message, Session
from tests.chat.people import NOW, new_session
from tests.staff import staff as signed_in

pytestmark = pytest.mark.django_db

XSS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "{{ 7|add:7 }}",
    "</textarea><script>alert(1)</script>",
]
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "=cmd|' /C calc'!A0"]


def say(session: Session, text: str, *facts: Entry) -> Message:
    with transaction.atomic():
        message = transcript.add_message(session, "user", text, now=NOW)
        transcript.record(session, facts, now=NOW)
    return message


@pytest.fixture
def maria() -> Session:
    """A visitor who has told who she is and what hurts."""
    session = new_session(score=71, recommended_service="data_intelligence", referrer="https://ads.example/?who=maria")
    say(
        session,
        "I am Maria Gruber of Alpenholz; we type 300 faxes a day.",
        Entry(slot="name", value="Maria Gruber", quote="Maria Gruber", message=1, status="confirmed"),
        Entry(slot="company", value="Alpenholz", quote="Alpenholz", message=1),
        Entry(slot="email", value="maria@alpenholz.example", extractor="visitor"),
        Entry(slot="challenges", value="300 faxes a day", quote="we type 300 faxes a day", message=1),
        Entry(slot="budget", value={"min": 40000, "max": 60000, "currency": "EUR"}, quote="40 to 60k", message=1),
    )
    return session


SECRETS = ["Maria", "Gruber", "Alpenholz", "alpenholz.example", "faxes", "40 to 60k", "ads.example"]


def post_mail(session: Session, **fields: Any) -> Mail:
    content = {"subject": "Your meeting, Maria Gruber", "text": "Dear Maria", "kind": "confirmation", **fields}
    with transaction.atomic():
        return mail.post(to="maria@alpenholz.example", session=session, now=NOW, **content)


def attach(session: Session, name: str, content: bytes) -> str:
    """A file for a person who has taken over, so that the bot says nothing to it."""
    session.handed_over = True
    with transaction.atomic():
        attached = services.attach_file(session=session, now=NOW, name=name, content=content)
    return str(attached.result["attachment_id"])


def page(client: Client, session: Session) -> str:
    response = client.get(reverse("admin:chat_session_change", args=[session.pk]))
    assert response.status_code == 200
    return response.content.decode()


def do(client: Client, session: Session, deed: str, **fields: str) -> int:
    return client.post(reverse("admin:chat_session_do", args=[session.pk, deed]), fields).status_code


def test_a_conversation_is_shown_with_its_words_facts_and_score(maria: Session) -> None:
    shown = page(signed_in("Sales"), maria)
    for part in ("Maria Gruber", "we type 300 faxes a day", "40,000 to 60,000 EUR", 'href="#m1"', "Data Intelligence"):
        assert part in shown


@pytest.mark.parametrize("vector", XSS)
def test_what_a_visitor_writes_is_text_on_every_page(vector: str) -> None:
    """Q2"""
    session = new_session(referrer=vector)
    say(
        session,
        vector,
        *(Entry(slot=s, value=vector, quote=vector, message=1) for s in ("name", "email", "challenges")),
    )
    sent = post_mail(session, subject=vector, html=vector)
    sales = signed_in("Sales")
    lists = [reverse("admin:chat_session_changelist"), reverse("admin:chat_mail_changelist"), reverse("admin:index")]
    for url in [*lists, reverse("admin:chat_mail_change", args=[sent.pk])]:
        assert_inert(sales.get(url).content.decode())
    assert_inert(page(sales, session))


def assert_inert(html: str) -> None:
    for live in ("<script>alert", "<img src=x", "<svg onload", 'href="javascript:', ">14<"):
        assert live not in html


def test_a_mail_is_shown_in_a_frame_that_runs_nothing(maria: Session) -> None:
    """Q2"""
    sent = post_mail(maria, html='<h1 class="x">Confirmed</h1>')
    shown = signed_in("Sales").get(reverse("admin:chat_mail_change", args=[sent.pk])).content.decode()
    assert 'sandbox=""' in shown
    assert 'srcdoc="&lt;h1 class=&quot;x&quot;&gt;Confirmed&lt;/h1&gt;"' in shown


def test_an_attachment_is_a_download_and_only_for_those_who_may_see_people(maria: Session) -> None:
    sent = post_mail(maria, attachments=[("a <b>.html", "text/html", b"<script>1</script>")])
    url = reverse("admin:chat_mail_attachment", args=[sent.attachments.get().pk])
    response = signed_in("Sales").get(url)
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["Content-Disposition"] == 'attachment; filename="a__b_.html"'
    assert signed_in("Viewers").get(url).status_code == 403


def test_a_visitors_file_is_in_the_conversation_for_those_who_may_see_people(maria: Session) -> None:
    """W23"""
    file_id = attach(maria, "faxes <b>.md", b"# 300 a day")
    sales = signed_in("Sales")
    assert "faxes &lt;b&gt;.md" in page(sales, maria)
    url = reverse("admin:chat_session_file", args=[maria.pk, file_id])
    response = sales.get(url)
    assert response.content == b"# 300 a day"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert signed_in("Viewers").get(url).status_code == 403


def test_a_file_that_is_gone_from_the_disk_is_told_to_staff(maria: Session, settings: Any, tmp_path: Path) -> None:
    file_id = attach(maria, "plan.md", b"# Plan")
    settings.ATTACHMENTS_ROOT = tmp_path
    url = reverse("admin:chat_session_file", args=[maria.pk, file_id])
    assert "not here any more" in signed_in("Sales").get(url, follow=True).content.decode()


def test_viewers_read_no_personal_data_anywhere(maria: Session) -> None:
    """Issue 2, item 6"""
    sent, viewer = post_mail(maria, html="<p>Dear Maria</p>"), signed_in("Viewers")
    urls = [reverse(f"admin:chat_{rows}_changelist") for rows in ("session", "mail", "job")]
    urls += [reverse("admin:chat_session_change", args=[maria.pk]), reverse("admin:index")]
    urls += [reverse("admin:chat_mail_change", args=[sent.pk])]
    for url in urls:
        response = viewer.get(url)
        assert response.status_code == 200
        assert not [secret for secret in SECRETS if secret in response.content.decode()], url


@pytest.mark.parametrize("name", ["chat_session_history", "chat_session_transcript"])
def test_viewers_have_no_side_door_to_a_conversation(maria: Session, name: str) -> None:
    assert signed_in("Viewers").get(reverse(f"admin:{name}", args=[maria.pk])).status_code == 403


def test_viewers_cannot_find_people_by_searching_or_filtering(maria: Session) -> None:
    post_mail(maria)
    viewer = signed_in("Viewers")
    found = viewer.get(reverse("admin:chat_session_changelist"), {"q": "Gruber"})
    assert found.context["cl"].result_count == 0
    guess = viewer.get(reverse("admin:chat_mail_changelist"), {"to__startswith": "maria"})
    assert guess.status_code == 400


@pytest.mark.parametrize("words", ["Gruber", "maria@alpenholz.example", "faxes Alpenholz", "GRUBER"])
def test_sales_find_a_conversation_by_its_words(maria: Session, words: str) -> None:
    new_session()
    found = signed_in("Sales").get(reverse("admin:chat_session_changelist"), {"q": words})
    assert [row.pk for row in found.context["cl"].result_list] == [maria.pk]


def test_a_conversation_is_found_by_the_start_of_its_id(maria: Session) -> None:
    new_session()
    found = signed_in("Viewers").get(reverse("admin:chat_session_changelist"), {"q": str(maria.pk)[:8]})
    assert [row.pk for row in found.context["cl"].result_list] == [maria.pk]


@pytest.mark.parametrize(
    ("query", "counted"),
    [("band=hot", 1), ("band=none", 1), ("contact=email", 1), ("contact=person", 1), ("service=data_intelligence", 1),
     ("status__exact=open", 2), ("band=nonsense", 2)],
)  # fmt: skip
def test_leads_are_narrowed_down(maria: Session, query: str, counted: int) -> None:
    new_session(handed_over=True)
    found = signed_in("Sales").get(f"{reverse('admin:chat_session_changelist')}?{query}")
    assert found.context["cl"].result_count == counted


def test_a_withdrawn_email_is_no_contact(maria: Session) -> None:
    transcript.record(maria, [Entry(slot="email", value=None, extractor="visitor", status="withdrawn")], now=NOW)
    found = signed_in("Sales").get(reverse("admin:chat_session_changelist"), {"contact": "email"})
    assert found.context["cl"].result_count == 0


def export(client: Client, *sessions: Session, action: str = "export_leads") -> Any:
    chosen = {"action": action, "_selected_action": [str(session.pk) for session in sessions]}
    return client.post(reverse("admin:chat_session_changelist"), chosen)


def test_leads_are_exported_with_name_company_email_and_score(maria: Session) -> None:
    """A4"""
    row = next(csv.DictReader(io.StringIO(export(signed_in("Sales"), maria).content.decode("utf-8-sig"))))
    told = [row[key] for key in ("name", "company", "email", "score", "service")]
    assert told == ["Maria Gruber", "Alpenholz", "maria@alpenholz.example", "71", "Data Intelligence"]
    assert LogEntry.objects.get().get_change_message() == "Exported as CSV."


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(formula: str) -> None:
    """A4"""
    session = new_session()
    say(session, formula, Entry(slot="name", value=formula, quote=formula, message=1))
    row = next(csv.DictReader(io.StringIO(export(signed_in("Sales"), session).content.decode("utf-8-sig"), newline="")))
    assert row["name"] == f"'{formula}"


def sheet(client: Client, *sessions: Session) -> dict[str, Any]:
    """The first lead of the exported sheet: title -> cell."""
    content = export(client, *sessions, action="export_leads_sheet").content
    titles, first = load_workbook(io.BytesIO(content))["Leads"].iter_rows(max_row=2)
    return {str(title.value): cell for title, cell in zip(titles, first, strict=True)}


def test_leads_are_exported_as_a_sheet_with_numbers_as_numbers(maria: Session) -> None:
    """A4"""
    lead = sheet(signed_in("Sales"), maria)
    told = [lead[key].value for key in ("name", "company", "email", "score", "service")]
    assert told == ["Maria Gruber", "Alpenholz", "maria@alpenholz.example", 71, "Data Intelligence"]
    assert LogEntry.objects.get().get_change_message() == "Exported as Excel."


@pytest.mark.parametrize("formula", [*FORMULAS, "bell \x07 rings", "x" * 40_000])
def test_no_cell_of_a_sheet_is_a_formula(formula: str) -> None:
    """A4"""
    session = new_session()
    say(session, formula, Entry(slot="name", value=formula, quote=formula, message=1))
    assert sheet(signed_in("Sales"), session)["name"].data_type == "s"


@pytest.mark.parametrize("action", ["export_leads", "export_leads_sheet"])
def test_viewers_export_nothing(maria: Session, action: str) -> None:
    response = export(signed_in("Viewers"), maria, action=action)
    assert "attachment" not in response.headers.get("Content-Disposition", "")


def test_staff_take_over_answer_and_give_back(maria: Session) -> None:
    maria.phase = "qualification"
    maria.save()
    sales = signed_in("Sales")
    assert [do(sales, maria, deed, text="Hello, I am Olga") for deed in ("take-over", "reply", "give-back")] == [
        302
    ] * 3
    told = [json.loads(body) for body in Event.objects.filter(session=maria).values_list("body", flat=True)]
    kinds = ["handed_over", "phase_change", "message", "handed_over", "phase_change"]
    assert [event["type"] for event in told] == kinds
    assert (told[2]["ai_message"]["role"], told[2]["ai_message"]["content"]) == ("staff", "Hello, I am Olga")
    assert (told[3]["active"], told[4]["phase"]) == (False, "qualification")


def test_nobody_speaks_while_the_bot_does(maria: Session) -> None:
    with transaction.atomic(), pytest.raises(Conflict):
        staff.reply(session=maria, text="Hello", name="Olga", now=NOW)


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_an_answer_has_some_words_and_not_too_many(maria: Session, text: str) -> None:
    """Q8"""
    with transaction.atomic():
        staff.take_over(session=maria, now=NOW)
        with pytest.raises(Invalid):
            staff.reply(session=maria, text=text, name="Olga", now=NOW)


def test_an_ended_conversation_is_not_taken_over(maria: Session) -> None:
    with transaction.atomic(), pytest.raises(Conflict):
        staff.take_over(session=maria, now=NOW + timedelta(days=8))


def test_a_refusal_is_told_on_the_page(maria: Session) -> None:
    sales = signed_in("Sales")
    do(sales, maria, "reply", text="Hello")
    assert "Take the conversation over before" in page(sales, maria)


@pytest.mark.parametrize("deed", ["take-over", "reply", "give-back", "erase"])
def test_viewers_do_nothing_in_a_conversation(maria: Session, deed: str) -> None:
    assert do(signed_in("Viewers"), maria, deed) == 403


def test_only_administrators_erase(maria: Session) -> None:
    assert do(signed_in("Sales"), maria, "erase") == 403
    assert do(signed_in("Administrators"), maria, "erase") == 302
    maria.refresh_from_db()
    assert (maria.status, maria.messages.count(), maria.ledger.count()) == ("erased", 0, 0)


def test_nothing_is_done_by_a_mere_link(maria: Session) -> None:
    url = reverse("admin:chat_session_do", args=[maria.pk, "take-over"])
    assert signed_in("Sales").get(url).status_code == 404


def test_a_deed_needs_the_token_of_the_form(maria: Session) -> None:
    sales = signed_in("Sales")
    sales.handler.enforce_csrf_checks = True
    assert do(sales, maria, "take-over") == 403


def test_who_waits_for_a_person_is_on_the_first_page(maria: Session, settings: Any) -> None:
    settings.STAFF_EMAIL = "desk@example.com"
    with transaction.atomic():
        handover.hand_over(maria, reason="A person, please", now=NOW)
    shown = signed_in("Sales").get(reverse("admin:index"))
    assert {tile.label: tile.count for tile in shown.context["tiles"]}["Waiting for a person"] == 1
    assert ("Maria Gruber" in shown.content.decode()) is True


def test_a_failed_mail_is_sent_again(maria: Session) -> None:
    sent = post_mail(maria)
    Mail.objects.update(state=Mail.State.FAILED)
    chosen = {"action": "send_again", "_selected_action": [str(sent.pk)]}
    signed_in("Sales").post(reverse("admin:chat_mail_changelist"), chosen)
    sent.refresh_from_db()
    assert (sent.state, Job.objects.count()) == ("queued", 2)


def test_a_failed_job_is_tried_again_by_an_administrator(maria: Session) -> None:
    post_mail(maria)
    Job.objects.update(state=Job.State.FAILED, attempt=10, error="SMTPConnectError")
    chosen = {"action": "retry", "_selected_action": [str(Job.objects.get().pk)]}
    url = reverse("admin:chat_job_changelist")
    signed_in("Sales").post(url, chosen)
    assert Job.objects.get().state == "failed"
    signed_in("Administrators").post(url, chosen)
    job = Job.objects.get()
    assert (job.state, job.attempt, job.error) == ("pending", 0, "")
