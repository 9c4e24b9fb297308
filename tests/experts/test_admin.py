"""The staff's pages about experts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from experts.models import Expert, TimeOff, WeeklyHours
from tests.staff import staff

pytestmark = pytest.mark.django_db

PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(40)
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
INLINES = ("overrides", "time_off", "calendars", "meeting_types")


@pytest.fixture
def sales() -> Client:
    return staff("Sales")


@pytest.fixture
def ann() -> Expert:
    expert = Expert.objects.create(name="Ann", email="ann@example.com", role="Engineer", timezone="Europe/Berlin")
    WeeklyHours.objects.create(expert=expert, weekday=0, start=540, end=1020)
    return expert


def filled(**changes: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    form = {
        "name": "Ann", "email": "ann@example.com", "role": "Engineer", "timezone": "Europe/Berlin", "is_active": "on",
        "capacity": "20", "duration": "30", "interval": "30", "buffer_before": "0", "buffer_after": "15",
        "notice": "240", "horizon": "45", "hours_monday": "09:00-17:00",
    }  # fmt: skip
    for rows in INLINES:
        form |= {f"{rows}-TOTAL_FORMS": "0", f"{rows}-INITIAL_FORMS": "0"}
    return form | changes


def row(rows: str, **fields: str) -> dict[str, str]:
    return {f"{rows}-TOTAL_FORMS": "1", **{f"{rows}-0-{name}": value for name, value in fields.items()}}


def save(client: Client, expert: Expert | None, **changes: Any) -> Any:
    url = reverse("admin:experts_expert_change", args=[expert.pk]) if expert else reverse("admin:experts_expert_add")
    return client.post(url, filled(**changes))


def errors(response: Any) -> str:
    assert response.status_code == 200, "the form was taken"
    return str(response.context["errors"])


def week(expert: Expert) -> list[tuple[int, int, int]]:
    return list(expert.weekly_hours.order_by("weekday", "start").values_list("weekday", "start", "end"))


def test_an_expert_is_added_with_hours_and_lists(sales: Client) -> None:
    """A2"""
    save(sales, None, hours_tuesday="22:00-24:00", languages="en, de , en", services="AI Strategy")
    expert = Expert.objects.get()
    assert (expert.languages, expert.services) == (["en", "de"], ["AI Strategy"])
    assert week(expert) == [(0, 540, 1020), (1, 1320, 1440)]


def test_hours_are_changed_day_by_day(sales: Client, ann: Expert) -> None:
    """A2"""
    save(sales, ann, hours_monday="", hours_friday="13:30-17:00, 09:00-12:30")
    assert week(ann) == [(4, 540, 750), (4, 810, 1020)]


def test_the_form_shows_the_hours_it_takes(sales: Client, ann: Expert) -> None:
    shown = sales.get(reverse("admin:experts_expert_change", args=[ann.pk])).content.decode()
    assert 'value="09:00-17:00"' in shown
    assert "Times of Europe/Berlin" in shown


def test_hours_that_make_no_sense_are_refused_with_a_hint(sales: Client, ann: Expert) -> None:
    assert "over midnight" in errors(save(sales, ann, hours_monday="22:00-02:00"))
    assert week(ann) == [(0, 540, 1020)]


def test_an_email_belongs_to_one_expert(sales: Client, ann: Expert) -> None:
    assert "already exists" in errors(save(sales, None, email="ANN@example.com"))


def test_a_zone_has_to_exist(sales: Client) -> None:
    assert "Mars/Olympus" in errors(save(sales, None, timezone="Mars/Olympus"))


def test_time_off_is_typed_in_the_experts_own_zone(sales: Client) -> None:
    away = row("time_off", start_0="2026-12-24", start_1="08:00", end_0="2027-01-02", end_1="00:00", id="", expert="")
    save(sales, None, timezone="Asia/Kathmandu", **away)
    assert TimeOff.objects.get().start == datetime(2026, 12, 24, 2, 15, tzinfo=UTC)


def test_time_off_is_shown_in_the_experts_own_zone(sales: Client, ann: Expert) -> None:
    TimeOff.objects.create(
        expert=ann, start=datetime(2026, 12, 24, 7, tzinfo=UTC), end=datetime(2026, 12, 25, 7, tzinfo=UTC)
    )
    shown = sales.get(reverse("admin:experts_expert_change", args=[ann.pk])).content.decode()
    assert 'value="08:00:00"' in shown


def test_a_time_that_the_clock_skips_is_refused(sales: Client) -> None:
    away = row("time_off", start_0="2027-03-28", start_1="02:30", end_0="2027-03-29", end_1="00:00", id="", expert="")
    response = save(sales, None, **away)
    assert "couldn’t be interpreted" in errors(response)


def test_other_hours_on_one_day_are_typed_alike(sales: Client, ann: Expert) -> None:
    save(sales, ann, **row("overrides", day="2026-12-24", intervals="09:00-12:00", label="Christmas Eve", id=""))
    assert ann.overrides.get().intervals == [[540, 720]]


def test_a_meeting_inside_a_new_time_off_is_told(sales: Client, ann: Expert) -> None:
    start = timezone.now() + timedelta(days=3)
    end = start + timedelta(minutes=30)
    Booking.objects.create(
        expert=ann, status="confirmed", start=start, end=end, busy_from=start, busy_until=end,
        created_at=start, updated_at=start,
    )  # fmt: skip
    days = [(start + timedelta(days=n)).strftime("%Y-%m-%d") for n in (-1, 1)]
    away = row("time_off", start_0=days[0], start_1="00:00", end_0=days[1], end_1="00:00", id="", expert=str(ann.pk))
    response = sales.post(reverse("admin:experts_expert_change", args=[ann.pk]), filled(**away), follow=True)
    assert "Ann is away then, but has a meeting on" in response.content.decode()


def test_a_feed_is_added_and_its_address_never_shown_again(sales: Client, ann: Expert) -> None:
    feed = "https://calendar.example/secret.ics"
    save(sales, ann, **row("calendars", name="Private", secret=feed, is_active="on", id="", expert=str(ann.pk)))
    assert ann.calendars.get().secret == feed
    for client in (sales, staff("Administrators"), staff("Viewers")):
        url = reverse("admin:experts_expert_change", args=[ann.pk])
        assert "secret.ics" not in client.get(url).content.decode()


def test_a_feed_keeps_its_address_when_none_is_typed(sales: Client, ann: Expert) -> None:
    feed = ann.calendars.create(name="Private", secret="https://calendar.example/a.ics")
    kept = row("calendars", name="Home", secret="", is_active="on", id=str(feed.pk), expert=str(ann.pk))
    save(sales, ann, **{**kept, "calendars-INITIAL_FORMS": "1"})
    feed.refresh_from_db()
    assert (feed.name, feed.secret) == ("Home", "https://calendar.example/a.ics")


def test_a_feed_without_https_is_refused(sales: Client, ann: Expert) -> None:
    plain = row("calendars", name="x", secret="http://calendar.example/a.ics", id="", expert=str(ann.pk))
    assert "starts with https" in errors(save(sales, ann, **plain))


def photo(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


@pytest.mark.parametrize(("name", "content"), [("ann.png", PNG), ("ann.jpeg", JPEG), ("ann.JPG", JPEG)])
def test_a_photo_is_kept(
    sales: Client, ann: Expert, *, name: str, content: bytes, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    save(sales, ann, photo=photo(name, content))
    ann.refresh_from_db()
    assert ann.photo.read() == content


def test_visitors_are_shown_the_photo(sales: Client, ann: Expert) -> None:
    save(sales, ann, photo=photo("ann.png", PNG))
    ann.refresh_from_db()
    response = Client().get(ann.photo_url or "")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/png")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("ann.png", b"<svg onload=alert(1)>", "not a JPEG, PNG or WebP"),
        ("ann.svg", b"<svg onload=alert(1)>", "not a JPEG, PNG or WebP"),
        ("ann.png", JPEG, "is a jpg image"),
        ("ann.html", PNG, "is a png image"),
        ("ann.png", PNG + bytes(5 * 1024 * 1024), "at most 5 MB"),
    ],
)
def test_a_file_that_is_no_photo_is_refused(sales: Client, ann: Expert, name: str, content: bytes, words: str) -> None:
    """Q8"""
    assert words in errors(save(sales, ann, photo=photo(name, content)))


@pytest.mark.parametrize(("action", "active"), [("deactivate", False), ("activate", True)])
def test_an_expert_is_offered_or_not(sales: Client, ann: Expert, action: str, active: bool) -> None:
    """A2"""
    Expert.objects.update(is_active=not active)
    chosen = {"action": action, "_selected_action": [str(ann.pk)]}
    sales.post(reverse("admin:experts_expert_changelist"), chosen)
    ann.refresh_from_db()
    assert ann.is_active is active


def test_an_expert_with_meetings_is_not_deleted_by_sales(sales: Client, ann: Expert) -> None:
    assert sales.post(reverse("admin:experts_expert_delete", args=[ann.pk])).status_code == 403


def test_viewers_read_an_expert_without_the_email(ann: Expert) -> None:
    ann.overrides.create(day="2026-12-24", intervals=[[540, 720]])
    viewer = staff("Viewers")
    page = viewer.get(reverse("admin:experts_expert_change", args=[ann.pk])).content.decode()
    assert "Monday: 09:00-17:00" in page
    assert "09:00-12:00" in page
    assert "ann@example.com" not in page + viewer.get(reverse("admin:experts_expert_changelist")).content.decode()
    assert save(viewer, ann, name="Eve").status_code == 403
