"""A session opens to its own token only, and for seven days."""

from datetime import timedelta
from uuid import uuid4

import pytest

from chat import access
from chat.errors import Expired, Forbidden
from chat.models import AccessToken, Session
from tests.chat.people import NOW, new_session

pytestmark = pytest.mark.django_db
ACCESS, RESUME = AccessToken.Kind.ACCESS, AccessToken.Kind.RESUME


def test_a_token_opens_its_own_session() -> None:
    """Q1"""
    session = new_session()
    token = access.issue(session, ACCESS, now=NOW)
    assert access.open_session(session.pk, token, now=NOW) == session


def test_a_token_opens_no_other_session() -> None:
    """Q1"""
    ann, ben = new_session(), new_session()
    token = access.issue(ann, ACCESS, now=NOW)
    with pytest.raises(Forbidden) as foreign:
        access.open_session(ben.pk, token, now=NOW)
    with pytest.raises(Forbidden) as unknown:
        access.open_session(uuid4(), token, now=NOW)
    assert str(foreign.value) == str(unknown.value)


def test_only_a_hash_of_the_token_is_kept() -> None:
    """Q6"""
    token = access.issue(new_session(), ACCESS, now=NOW)
    assert len(token) >= 43
    assert token not in str(AccessToken.objects.values_list())


def test_a_session_ends_seven_days_after_its_last_activity() -> None:
    """S4"""
    session = new_session()
    token = access.issue(session, ACCESS, now=NOW)
    almost = NOW + timedelta(days=7) - timedelta(seconds=1)
    assert access.open_session(session.pk, token, now=almost) == session
    with pytest.raises(Expired, match="start a new one"):
        access.open_session(session.pk, token, now=NOW + timedelta(days=7))


def test_a_resume_link_opens_the_session_on_another_device() -> None:
    """S3"""
    session = new_session()
    first = access.issue(session, ACCESS, now=NOW)
    resumed, second = access.resume(access.issue(session, RESUME, now=NOW), now=NOW)
    assert resumed == session
    assert access.open_session(session.pk, second, now=NOW) == access.open_session(session.pk, first, now=NOW)


def test_an_access_token_is_no_resume_link_and_the_other_way_round() -> None:
    """S3, Q1"""
    session = new_session()
    with pytest.raises(Forbidden):
        access.resume(access.issue(session, ACCESS, now=NOW), now=NOW)
    with pytest.raises(Forbidden):
        access.open_session(session.pk, access.issue(session, RESUME, now=NOW), now=NOW)


def test_an_erased_session_opens_to_nobody() -> None:
    session = new_session(status=Session.Status.ERASED)
    token = access.issue(session, ACCESS, now=NOW)
    with pytest.raises(Expired):
        access.open_session(session.pk, token, now=NOW)
