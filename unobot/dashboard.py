"""The staff's first page: what waits, what is on today, how the last 30 days went."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Avg, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from chat.admin.access import sees_people
from chat.admin.brief import contact, with_contact
from chat.models import Job, Mail, Session

PERIOD = timedelta(days=30)
QUALIFIED = 40
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Tile:
    label: str
    count: int
    link: str
    alarming: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the funnel; ``share`` is percent of the conversations."""

    label: str
    count: int
    share: int


def _list(page: str, query: str) -> str:
    return f"{reverse(f'admin:{page}_changelist')}?{query}"


def waiting() -> QuerySet[Session]:
    return Session.objects.filter(handed_over=True, status=Session.Status.OPEN)


def waiting_badge(request: HttpRequest) -> str:
    count = waiting().count()
    return str(count) if count else ""


def _day(now: datetime) -> tuple[datetime, datetime]:
    start = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return start, start + timedelta(days=1)


def today(now: datetime) -> QuerySet[Booking]:
    start, end = _day(now)
    rows = Booking.objects.filter(status=Booking.Status.CONFIRMED, start__gte=start, start__lt=end)
    return rows.select_related("expert").order_by("start")


def tiles(now: datetime) -> list[Tile]:
    mails = Mail.objects.filter(state=Mail.State.FAILED).count()
    jobs = Job.objects.filter(state=Job.State.FAILED).count()
    return [
        Tile(
            "Open conversations",
            Session.objects.filter(status="open").count(),
            _list("chat_session", "status__exact=open"),
        ),
        Tile("Waiting for a person", waiting().count(), _list("chat_session", "contact=person"), alarming=True),
        Tile("Bookings today", today(now).count(), _list("bookings_booking", "time=today&status__exact=confirmed")),
        Tile("Failed mails", mails, _list("chat_mail", "state__exact=failed"), alarming=True),
        Tile("Failed jobs", jobs, _list("chat_job", "state__exact=failed"), alarming=True),
    ]


def funnel(since: datetime) -> list[Step]:
    """Distinct conversations begun since then, and how many of them came how far."""
    begun = Session.objects.filter(created_at__gte=since)
    met = (Booking.Status.CONFIRMED, Booking.Status.COMPLETED, Booking.Status.NO_SHOW)
    counts = {
        "Conversations": begun.count(),
        f"Qualified, score {QUALIFIED} and more": begun.filter(score__gte=QUALIFIED).count(),
        "With a PRD": begun.filter(prd__versions__state="written").distinct().count(),
        "With a meeting": begun.filter(pk__in=Booking.objects.filter(status__in=met).values("session")).count(),
    }
    return [Step(label, count, _percent(count, counts["Conversations"])) for label, count in counts.items()]


def _percent(part: int, whole: int) -> int:
    return round(100 * part / whole) if whole else 0


def named(sessions: QuerySet[Session], *, people: bool) -> list[tuple[Session, str]]:
    """Sessions with the names of their visitors, where these are known and may be seen."""
    rows = with_contact(sessions) if people else sessions
    return [(row, contact(row)["name"] or str(row)) for row in rows]


def home(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    now = timezone.now()
    since = now - PERIOD
    score = Session.objects.filter(created_at__gte=since).aggregate(mean=Avg("score"))["mean"]
    meetings = [(b, f"{b.start.astimezone(ZoneInfo(b.expert.timezone)):%H:%M %Z}") for b in today(now)]
    people = sees_people(request)
    latest = Session.objects.exclude(status=Session.Status.ERASED).filter(purged_at=None).order_by("-last_activity_at")
    return {
        **context,
        "tiles": tiles(now),
        "funnel": funnel(since),
        "mean_score": score,
        "meetings": meetings,
        "waiting": named(waiting().order_by("last_activity_at")[:SHOWN], people=people),
        "latest": named(latest[:SHOWN], people=people),
        "people": people,
    }
