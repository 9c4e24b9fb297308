"""The visitor reads, compares, approves and shares versions."""

import json
from typing import Any

import pytest
from django.test import Client

from chat.errors import Expired, NotFound
from chat.models import Event, Session
from prd import services
from prd.models import Prd, PrdShare, PrdVersion
from tests.chat.people import new_session
from tests.prd.conversations import TALKS
from tests.prd.people import NOW, asked, session_of

pytestmark = pytest.mark.usefixtures("quiet")


@pytest.fixture
def session() -> Session:
    """Lena has two versions, the second after she asked for a change."""
    session = session_of(TALKS["dentist"])
    asked(session)
    asked(session, feedback="On second thought, please no chatbot.")
    return session


def last(kind: str) -> dict[str, Any]:
    event = Event.objects.filter(type=kind).order_by("seq").last()
    assert event is not None
    body: dict[str, Any] = json.loads(event.body)
    return body


def test_versions_are_listed_with_the_wish_behind_them(session: Session) -> None:
    """P7"""
    answer = services.get_prd_versions(session=session, now=NOW)
    assert [(v.version, v.status, v.feedback) for v in answer.versions] == [
        (1, "draft", ""),
        (2, "draft", "On second thought, please no chatbot."),
    ]
    assert answer.versions[0].link is not None
    assert answer.versions[0].link.downloads == 0


def test_before_the_first_there_are_no_versions() -> None:
    assert services.get_prd_versions(session=new_session(), now=NOW).versions == []
    with pytest.raises(NotFound):
        services.get_prd(session=new_session(), now=NOW)


def test_a_version_is_read_with_its_hints_and_counts_as_no_download(session: Session) -> None:
    """P7"""
    old, new = services.get_prd(session=session, now=NOW, version=1), services.get_prd(session=session, now=NOW)
    assert (old.version, new.version) == (1, 2)
    assert "Praxis Vogt" in old.markdown
    assert "over_budget" in {hint.rule for hint in old.hints}
    assert PrdShare.objects.filter(downloads__gt=0).count() == 0


def test_the_difference_is_told_by_id(session: Session) -> None:
    """P7"""
    changes = services.get_prd_diff(session=session, now=NOW, before=1, after=2).changes
    removed = {change.id for change in changes if change.kind == "removed"}
    assert {"FR-001", "FR-002", "FR-003"} <= removed
    assert any(change.kind == "added" and change.section == "out_of_scope" for change in changes)


def test_a_requirement_of_lower_priority_is_relaxed(session: Session) -> None:
    texts = {"fr.3.priority": "Could [A-7]"}
    services.edit_prd(session=session, version=2, texts=texts, now=NOW)
    [change] = services.get_prd_diff(session=session, now=NOW, before=2, after=3).changes
    assert (change.kind, change.section, change.id) == ("relaxed", "fr", "FR-004")


def test_an_approved_version_says_so_and_the_next_is_a_draft_again(session: Session) -> None:
    """P7"""
    services.approve_prd(session=session, now=NOW, version=2)
    assert last("prd_approved")["version"] == 2
    assert "status: approved" in services.get_prd(session=session, now=NOW).markdown
    third = asked(session, feedback="Please also plan the evenings.")
    assert (third.status, Prd.objects.get().status) == ("draft", "draft")
    assert "status: draft" in third.markdown
    assert PrdVersion.objects.get(number=2).status == "approved"


def test_approving_twice_is_told_once(session: Session) -> None:
    for _ in range(2):
        services.approve_prd(session=session, now=NOW, version=1)
    assert Event.objects.filter(type="prd_approved").count() == 1


def test_what_was_not_written_cannot_be_approved_or_shared(session: Session) -> None:
    services.generate_prd(session=session, now=NOW, feedback="Once more, please.")
    for use_case in (services.approve_prd, services.share_prd, services.unshare_prd):
        with pytest.raises(NotFound):
            use_case(session=session, now=NOW, version=3)


def test_a_new_link_takes_the_place_of_the_old_one(session: Session, client: Client) -> None:
    """P6"""
    old = last("prd_generated")["url"]
    url = services.share_prd(session=session, now=NOW, version=2).result["url"]
    assert last("prd_shared")["url"] == url
    assert (client.get(url).status_code, client.get(old).status_code) == (200, 410)


def test_a_closed_link_opens_nothing(session: Session) -> None:
    """P6"""
    token = last("prd_generated")["url"].removeprefix("/prd/")
    assert services.unshare_prd(session=session, now=NOW, version=2).result == {"closed": 1}
    assert last("prd_unshared")["version"] == 2
    assert services.get_prd_versions(session=session, now=NOW).versions[1].link is None
    with pytest.raises(Expired):
        services.download(token=token, now=NOW)
    assert services.unshare_prd(session=session, now=NOW, version=2).result == {"closed": 0}
    assert Event.objects.filter(type="prd_unshared").count() == 1


def test_downloads_are_counted_for_the_link(session: Session, client: Client) -> None:
    """P4"""
    for extension in ("", "/html", "/docx"):
        client.get(last("prd_generated")["url"] + extension)
    link = services.get_prd_versions(session=session, now=NOW).versions[1].link
    assert link is not None
    assert link.downloads == 3
