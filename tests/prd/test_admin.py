"""The staff's pages about requirements documents."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chat.models import Event
from prd import render, sharing
from prd.models import Prd, PrdVersion
from tests.chat.people import NOW, new_session
from tests.prd.conversations import TALKS
from tests.prd.people import asked, session_of
from tests.staff import staff

MARKDOWN = """---
title: Order entry for Alpenholz
---
# Order entry for Alpenholz
<!-- sec:summary -->
Maria types **300** faxes. [m2] [A-1]

| Role | Need |
|---|---|
| CFO | numbers |

<script>alert(1)</script> [click](javascript:alert(1)) ![x](https://tracker.example/x.png)
"""


@pytest.fixture
def prd(db: None) -> Prd:
    document = Prd.objects.create(session=new_session(), created_at=NOW)
    PrdVersion.objects.create(
        prd=document, number=1, state="written", language="en", title="Order entry for Alpenholz", markdown=MARKDOWN,
        requested_at=NOW, written_at=NOW,
    )  # fmt: skip
    return document


def page(client: Client, prd: Prd) -> str:
    return client.get(reverse("admin:prd_prd_change", args=[prd.pk])).content.decode()


def do(client: Client, prd: Prd, deed: str, version: int = 1) -> Any:
    return client.post(reverse("admin:prd_prd_do", args=[prd.pk, deed]), {"version": version})


@pytest.fixture
def written(quiet: None) -> PrdVersion:
    """A real document."""
    return asked(session_of(TALKS["dentist"]))


def edit(client: Client, version: PrdVersion, **texts: str) -> Any:
    """Type into fields of the form, section__place__part by name."""
    url = reverse("admin:prd_prd_edit", args=[version.prd_id, version.number])
    return client.post(url, {name.replace("__", "."): text for name, text in texts.items()})


def test_markdown_becomes_html_that_runs_and_loads_nothing() -> None:
    """Q2"""
    html = render.html(MARKDOWN)
    assert "<strong>300</strong>" in html
    assert "<td>CFO</td>" in html
    for live in ("<script", 'href="javascript', "<img", "<!--", "title:"):
        assert live not in html


def test_a_reference_leads_to_the_message() -> None:
    assert '<a href="/talk#m2" rel="noopener noreferrer">[m2]</a>' in render.html("Said so. [m2]", messages="/talk")


def test_a_document_is_shown_with_its_versions(prd: Prd) -> None:
    shown = page(staff("Sales"), prd)
    assert "<h1>Order entry for Alpenholz</h1>" in shown
    assert f'href="/admin/chat/session/{prd.session_id}/change/#m2"' in shown
    assert "Version 1" in shown


def test_a_document_stands_beside_its_conversation(prd: Prd) -> None:
    shown = staff("Sales").get(reverse("admin:chat_session_change", args=[prd.session_id])).content.decode()
    assert "Order entry for Alpenholz" in shown


@pytest.mark.parametrize(("deed", "status"), [("review", "in_review"), ("approve", "approved")])
def test_staff_set_the_status(written: PrdVersion, deed: str, status: str) -> None:
    do(staff("Sales"), written.prd, deed)
    written.refresh_from_db()
    written.prd.refresh_from_db()
    assert (written.status, written.prd.status) == (status, status)
    assert f"status: {status}" in written.markdown
    told = Event.objects.get(type=f"prd_{status}")
    assert json.loads(told.body)["by"] == "staff"


def test_staff_close_the_links_to_a_document(prd: Prd) -> None:
    sharing.share(prd.versions.get(), now=datetime.now(UTC))
    do(staff("Sales"), prd, "revoke-links")
    assert prd.versions.get().shares.get().revoked_at is not None


def test_a_version_is_downloaded_as_it_was_written(prd: Prd) -> None:
    response = staff("Sales").get(reverse("admin:prd_prd_download", args=[prd.pk, 1]))
    assert response.content.decode() == MARKDOWN
    assert response.headers["Content-Disposition"] == 'attachment; filename="order-entry-for-alpenholz-v1.md"'


def test_viewers_see_that_a_document_exists_and_nothing_of_it(prd: Prd) -> None:
    viewer = staff("Viewers")
    urls = [reverse("admin:prd_prd_changelist"), reverse("admin:chat_session_change", args=[prd.session_id])]
    shown = page(viewer, prd) + "".join(viewer.get(url).content.decode() for url in urls)
    assert not [secret for secret in ("Alpenholz", "Maria", "faxes") if secret in shown]
    assert viewer.get(reverse("admin:prd_prd_download", args=[prd.pk, 1])).status_code == 403
    assert do(viewer, prd, "approve").status_code == 403
    assert edit(viewer, prd.versions.get()).status_code == 403


@pytest.mark.parametrize("lookup", ["versions__title__startswith", "versions__markdown__contains"])
def test_viewers_cannot_read_a_document_by_filtering(prd: Prd, lookup: str) -> None:
    assert staff("Viewers").get(reverse("admin:prd_prd_changelist"), {lookup: "Order"}).status_code == 400


def test_documents_are_found_by_their_words(prd: Prd) -> None:
    found = staff("Sales").get(reverse("admin:prd_prd_changelist"), {"q": "faxes"})
    assert found.context["cl"].result_count == 1


def test_staff_word_a_statement_anew_as_a_version_of_their_own(written: PrdVersion) -> None:
    edit(staff("Sales"), written, out_of_scope__1__text="Diagnoses. [A-10]", note="agreed by phone")
    second = written.prd.versions.get(number=2)
    assert (second.author, second.status, second.note) == ("staff", "draft", "agreed by phone")
    assert "- Diagnoses. [A-10]" in second.markdown
    assert "| v2 | 23 November 2026" not in written.markdown
    assert "| Our team | Out of scope | Edited: agreed by phone |" in second.markdown
    assert json.loads(Event.objects.filter(type="prd_generated").last().body)["author"] == "staff"  # type: ignore[union-attr]


def test_words_that_break_a_rule_are_shown_with_their_place_and_not_saved(written: PrdVersion) -> None:
    shown = edit(staff("Sales"), written, fr__0__text="The assistant shall be fast. [A-6]").content.decode()
    assert written.prd.versions.count() == 1
    assert "<mark>fast</mark>" in shown
    assert "The assistant shall be fast. [A-6]</textarea>" in shown


def test_an_edit_of_a_version_that_is_not_the_newest_is_refused(written: PrdVersion) -> None:
    asked(written.prd.session, feedback="Please name the accountant.")
    edit(staff("Sales"), written, out_of_scope__1__text="Diagnoses. [A-10]")
    assert written.prd.versions.count() == 2


def test_saving_without_a_change_makes_no_version(written: PrdVersion) -> None:
    edit(staff("Sales"), written, note="nothing")
    assert written.prd.versions.count() == 1


def test_the_form_holds_the_whole_document(written: PrdVersion) -> None:
    url = reverse("admin:prd_prd_edit", args=[written.prd_id, 1])
    shown = staff("Sales").get(url).content.decode()
    assert "FR-001" in shown
    assert "do not replace Dentys" in shown


def test_staff_see_what_changed_by_id_and_word_by_word(written: PrdVersion) -> None:
    sales = staff("Sales")
    edit(sales, written, fr__0__title="Answers from texts we approved")
    shown = page(sales, written.prd)
    assert "Changed in version 2 since version 1" in shown
    assert "<del>approved texts</del> <ins>texts we approved</ins>" in shown or "<ins>texts we</ins>" in shown


def test_staff_see_the_hints(written: PrdVersion) -> None:
    assert "budget and estimate do not fit" in page(staff("Sales"), written.prd)
