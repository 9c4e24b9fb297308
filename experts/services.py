"""Experts' use cases: their records, and their rules as the slot computation wants them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError

from chat.errors import Conflict, Invalid, NotFound
from chat.publish import nudge
from chat.shapes import ErrorDetail
from experts import tasks
from experts.models import DateOverride, Expert, ExternalCalendar, MeetingType, TimeOff, WeeklyHours
from experts.slots import Minutes, Rules, Span


def topic(expert_id: UUID) -> str:
    """What sockets watch to hear that an expert's free times have changed."""
    return f"expert.{expert_id}"


def list_experts() -> list[Expert]:
    return list(Expert.objects.filter(is_active=True))


def get_expert(*, expert_id: UUID) -> Expert:
    """An active expert; an inactive one is as good as absent."""
    expert = Expert.objects.filter(pk=expert_id, is_active=True).first()
    if expert is None:
        raise NotFound("There is no such expert.")
    return expert


def get_meeting_type(*, expert: Expert, slug: str | None) -> MeetingType | None:
    if not slug:
        return None
    kind = MeetingType.objects.filter(expert=expert, slug=slug, is_active=True).first()
    if kind is None:
        raise Invalid.field("meeting_type", f"{expert.name} offers no meeting of that type.")
    return kind


def _validated(expert: Expert) -> Expert:
    expert.email = expert.email.lower()
    try:
        expert.full_clean()
    except ValidationError as error:
        details = [
            ErrorDetail(field=name, code=str(problem.code or "invalid"), message=" ".join(problem.messages))
            for name, problems in error.error_dict.items()
            for problem in problems
        ]
        taken = any(detail.field == "email" and detail.code == "unique" for detail in details)
        raise (Conflict if taken else Invalid)("That expert cannot be saved.", details=details) from error
    return expert


@transaction.atomic
def create_expert(**fields: Any) -> Expert:
    """Raises Conflict when the email is another expert's, Invalid for anything else that does not fit."""
    expert = _validated(Expert(**fields))
    expert.save()
    return expert


@transaction.atomic
def update_expert(*, expert_id: UUID, **fields: Any) -> Expert:
    expert = Expert.objects.select_for_update().filter(pk=expert_id).first()
    if expert is None:
        raise NotFound("There is no such expert.")
    for name, value in fields.items():
        setattr(expert, name, value)
    _validated(expert).save()
    nudge(topic(expert.pk))
    return expert


@transaction.atomic
def delete_expert(*, expert_id: UUID) -> None:
    """Someone who has bookings stays on record: deactivate instead."""
    try:
        deleted, _ = Expert.objects.filter(pk=expert_id).delete()
    except ProtectedError as error:
        raise Conflict("This expert has bookings; deactivate the expert instead.") from error
    if not deleted:
        raise NotFound("There is no such expert.")


@dataclass
class _Parts:
    weekly: dict[int, list[Minutes]] = field(default_factory=lambda: defaultdict(list))
    overrides: dict[date, list[Minutes]] = field(default_factory=dict)
    time_off: list[Span] = field(default_factory=list)


def _parts(ids: list[UUID], window: Span) -> Mapping[UUID, _Parts]:
    parts: dict[UUID, _Parts] = defaultdict(_Parts)
    hours = WeeklyHours.objects.filter(expert__in=ids).order_by()
    for expert_id, weekday, start, end in hours.values_list("expert_id", "weekday", "start", "end"):
        parts[expert_id].weekly[weekday].append((start, end))
    days = DateOverride.objects.filter(expert__in=ids).order_by()
    for expert_id, day, intervals in days.values_list("expert_id", "day", "intervals"):
        parts[expert_id].overrides[day] = [(start, end) for start, end in intervals]
    away = TimeOff.objects.filter(expert__in=ids, end__gt=window.start, start__lt=window.end).order_by()
    for expert_id, since, until in away.values_list("expert_id", "start", "end"):
        parts[expert_id].time_off.append(Span(since, until))
    return parts


class Lengths(NamedTuple):
    """How long a meeting takes, and the buffers it keeps before and after."""

    meeting: timedelta
    before: timedelta
    after: timedelta

    def busy(self, start: datetime) -> Span:
        return Span(start - self.before, start + self.meeting + self.after)


def _own(value: int | None, otherwise: int) -> int:
    return otherwise if value is None else value


def lengths(expert: Expert, kind: MeetingType | None) -> Lengths:
    own = kind or MeetingType(duration=expert.duration)
    before, after = _own(own.buffer_before, expert.buffer_before), _own(own.buffer_after, expert.buffer_after)
    return Lengths(timedelta(minutes=own.duration), timedelta(minutes=before), timedelta(minutes=after))


def _rules(expert: Expert, parts: _Parts, kind: MeetingType | None) -> Rules:
    own, minute = lengths(expert, kind), timedelta(minutes=1)
    return Rules(
        timezone=expert.timezone,
        weekly=parts.weekly,
        overrides=parts.overrides,
        time_off=parts.time_off,
        duration=own.meeting // minute,
        interval=_own(kind.interval if kind else None, expert.interval),
        before=own.before // minute,
        after=own.after // minute,
        notice=_own(kind.notice if kind else None, expert.notice),
        horizon=expert.horizon,
        cap=expert.daily_cap,
    )


def rules_of(experts: Iterable[Expert], *, window: Span, kind: MeetingType | None = None) -> dict[UUID, Rules]:
    """The rules of several experts in three queries; time off only as far as it touches the window."""
    listed = list(experts)
    parts = _parts([expert.pk for expert in listed], window)
    return {expert.pk: _rules(expert, parts[expert.pk], kind) for expert in listed}


@transaction.atomic
def connect_google(*, expert_id: UUID, refresh_token: str) -> ExternalCalendar:
    """Keep the token and have the calendar read at once; connecting again replaces the token."""
    kind = ExternalCalendar.Kind.GOOGLE
    fresh = {"secret": refresh_token, "is_active": True, "error": "", "tried_at": None}
    calendar, _ = ExternalCalendar.objects.update_or_create(expert_id=expert_id, kind=kind, defaults=fresh)
    transaction.on_commit(lambda: tasks.read_calendar.delay(calendar_id=calendar.pk))
    return calendar
