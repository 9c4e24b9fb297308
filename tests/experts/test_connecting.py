"""Connecting a Google Calendar from the admin."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client

from experts.calendars import reading
from experts.calendars.google import Google
from experts.models import Expert, ExternalCalendar
from tests.experts.calendars.google_server import GoogleServer, google_server


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleServer]:
    with google_server() as running:
        monkeypatch.setattr(reading, "google", lambda: Google("id", "secret", running.endpoints, timeout=1.0))
        yield running


@pytest.fixture
def ann(db: None) -> Expert:
    return Expert.objects.create(name="Ann", email="ann@example.com", role="Engineer", timezone="Europe/Berlin")


@pytest.fixture
def olga(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("olga"))
    return client


def state_for(client: Client, expert: Expert) -> str:
    sent = client.get(f"/experts/{expert.pk}/google/")
    return parse_qs(urlsplit(sent["Location"]).query)["state"][0]


def test_coming_back_from_google_keeps_the_token(server: GoogleServer, ann: Expert, olga: Client) -> None:
    """K1"""
    answer = olga.get("/experts/google/callback/", {"state": state_for(olga, ann), "code": "c"})
    assert str(ann.pk) in answer["Location"]
    assert ExternalCalendar.objects.get(expert=ann, kind="google").secret == "refresh"


def test_connecting_again_replaces_the_token(server: GoogleServer, ann: Expert, olga: Client) -> None:
    old = ExternalCalendar.objects.create(expert=ann, kind="google", secret="old", is_active=False)
    olga.get("/experts/google/callback/", {"state": state_for(olga, ann), "code": "c"})
    old.refresh_from_db()
    assert (old.secret, old.is_active) == ("refresh", True)


@pytest.mark.parametrize("state", ["", "forged", "replayed"])
def test_a_state_that_is_not_ours_connects_nothing(server: GoogleServer, ann: Expert, olga: Client, state: str) -> None:
    """K1"""
    if state == "replayed":
        state = state_for(olga, ann)
        olga.get("/experts/google/callback/", {"state": state, "code": "c"})
        ExternalCalendar.objects.all().delete()
    olga.get("/experts/google/callback/", {"state": state, "code": "c"})
    assert not ExternalCalendar.objects.exists()


def test_a_consent_refused_by_google_is_told(server: GoogleServer, ann: Expert, olga: Client) -> None:
    server.revoked = True
    olga.get("/experts/google/callback/", {"state": state_for(olga, ann), "code": "c"})
    assert not ExternalCalendar.objects.exists()


def test_visitors_are_sent_to_the_sign_in(ann: Expert, client: Client) -> None:
    """A1"""
    assert "/admin/login" in client.get(f"/experts/{ann.pk}/google/")["Location"]
