"""A document is written once for each command, in versions that stay readable."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from chat import jobs
from chat.errors import Conflict, Expired, Invalid, NotFound
from chat.models import Event, Job
from prd import services, sharing
from prd.models import LIFETIME, PrdShare, PrdVersion
from tests.chat.people import new_session
from tests.prd.conversations import TALKS
from tests.prd.people import NOW, asked, session_of, work

pytestmark = pytest.mark.usefixtures("quiet")


def test_a_document_is_written_and_announced() -> None:
    """P1, P5, X4"""
    version = asked(session_of(TALKS["dentist"]))
    told = json.loads(Event.objects.get(type="prd_generated").body)
    assert (told["version"], told["prd_id"]) == (1, str(version.prd_id))
    assert len(told["preview_text"]) <= 200
    assert "Praxis Vogt" in version.markdown


def test_a_new_document_moves_the_conversation_on_but_never_back() -> None:
    """C1"""
    session = session_of(TALKS["dentist"])
    asked(session)
    session.refresh_from_db()
    assert session.phase == "prd"
    type(session).objects.update(phase="booked")
    asked(session, feedback="Please say more about training.")
    session.refresh_from_db()
    assert session.phase == "booked"


def test_an_attempt_done_twice_writes_one_version() -> None:
    session = session_of(TALKS["dentist"])
    asked(session)
    Job.objects.update(state=Job.State.PENDING)
    work()
    assert PrdVersion.objects.count() == 1
    assert Event.objects.filter(type="prd_generated").count() == 1


def test_a_superseded_attempt_writes_nothing() -> None:
    services.generate_prd(session=session_of(TALKS["dentist"]), now=NOW)
    job = Job.objects.get()
    late = jobs._claim(job.pk, now=NOW, lease_seconds=1)
    jobs._claim(job.pk, now=NOW + timedelta(minutes=5), lease_seconds=60)
    assert late is not None
    with pytest.raises(jobs.Superseded):
        jobs.KINDS[job.kind].work(late, now=NOW, **job.arguments)
    assert PrdVersion.objects.get().state == PrdVersion.State.REQUESTED


def test_a_second_press_while_writing_is_the_same_version() -> None:
    session = session_of(TALKS["dentist"])
    first = services.generate_prd(session=session, now=NOW)
    assert services.generate_prd(session=session, now=NOW) == first


def test_feedback_is_a_message_that_the_new_version_cites() -> None:
    """P7"""
    session = session_of(TALKS["dentist"])
    asked(session)
    second = asked(session, feedback="Please no waiting list for patients.")
    number = session.messages.count()
    assert second.number == 2
    assert f"[m{number}]" in second.markdown
    assert PrdVersion.objects.filter(number=1, state=PrdVersion.State.WRITTEN).exists()


def test_an_unknown_section_is_refused() -> None:
    with pytest.raises(Invalid):
        services.generate_prd(session=session_of(TALKS["dentist"]), now=NOW, sections=["poetry"])


def test_nothing_is_written_about_nothing() -> None:
    with pytest.raises(Conflict):
        services.generate_prd(session=new_session(), now=NOW)


def test_a_download_is_counted_and_a_safe_file(client: Client) -> None:
    """P4"""
    token = sharing.share(asked(session_of(TALKS["dentist"])), now=NOW)
    response = client.get(f"/prd/{token}")
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"].startswith('attachment; filename="requirements-document')
    assert PrdShare.objects.filter(downloads=1).count() == 1


def test_a_link_ends_after_ninety_days_or_when_revoked() -> None:
    """P6"""
    version = asked(session_of(TALKS["dentist"]))
    token = sharing.share(version, now=NOW)
    with pytest.raises(Expired):
        services.download(token=token, now=NOW + LIFETIME)
    assert services.revoke_links(session=version.prd.session, now=NOW) == 2
    with pytest.raises(Expired):
        services.download(token=token, now=NOW)


def test_an_expired_link_is_gone_and_an_unknown_one_not_found(client: Client) -> None:
    """P6"""
    token = sharing.share(asked(session_of(TALKS["dentist"])), now=NOW - LIFETIME)
    assert client.get(f"/prd/{token}").status_code == 410
    assert client.get("/prd/guessed").status_code == 404


def test_an_unknown_format_is_not_found_and_not_counted() -> None:
    token = sharing.share(asked(session_of(TALKS["dentist"])), now=NOW)
    with pytest.raises(NotFound):
        services.download(token=token, now=NOW, extension="exe")
    assert PrdShare.objects.filter(downloads__gt=0).count() == 0


def test_erasing_leaves_nothing() -> None:
    session = session_of(TALKS["dentist"])
    asked(session)
    services.erase(session=session, now=NOW)
    assert services.exported(session) == []


@pytest.mark.parametrize("name", sorted(TALKS))
def test_every_language_is_written_from_the_database_too(name: str) -> None:
    """P2"""
    assert asked(session_of(TALKS[name])).state == PrdVersion.State.WRITTEN
