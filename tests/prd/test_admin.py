"""The staff's pages about requirements documents."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prd import render, sharing
from prd.models import Prd, PrdVersion
from tests.chat.people import NOW, new_session
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


def do(client: Client, prd: Prd, deed: str) -> Any:
    return client.post(reverse("admin:prd_prd_do", args=[prd.pk, deed]))


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


@pytest.mark.parametrize("status", ["draft", "in_review", "approved"])
def test_staff_set_the_status(prd: Prd, status: str) -> None:
    do(staff("Sales"), prd, status)
    prd.refresh_from_db()
    assert prd.status == status


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
    assert do(viewer, prd, "approved").status_code == 403


@pytest.mark.parametrize("lookup", ["versions__title__startswith", "versions__markdown__contains"])
def test_viewers_cannot_read_a_document_by_filtering(prd: Prd, lookup: str) -> None:
    assert staff("Viewers").get(reverse("admin:prd_prd_changelist"), {lookup: "Order"}).status_code == 400


def test_documents_are_found_by_their_words(prd: Prd) -> None:
    found = staff("Sales").get(reverse("admin:prd_prd_changelist"), {"q": "faxes"})
    assert found.context["cl"].result_count == 1
