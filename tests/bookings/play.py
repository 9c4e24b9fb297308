"""Plays a sequence of holds, bookings, reschedules and cancels (booking-vectors/1) through the real use cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from bookings.models import Booking
from bookings.reservations import KeyReused
from bookings.services import cancel_booking, create_booking, hold_slot, release_hold, reschedule_booking
from chat.errors import Conflict, Expired, NotOffered, SlotTaken, UnoBotError
from chat.models import Session
from chat.outcome import Outcome
from experts.models import DateOverride, Expert, ExternalBusy, ExternalCalendar, TimeOff, WeeklyHours

Step = Mapping[str, Any]
REFUSALS = {
    SlotTaken: "slot_taken",
    NotOffered: "not_offered",
    Expired: "hold_expired",
    Conflict: "not_active",
    KeyReused: "conflict",
}


def key_of(step: Step) -> str | None:
    return next((step[name] for name in ("key", "idempotency_key", "client_key") if name in step), None)


def minutes(clock: str) -> int:
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def make_expert(name: str, spec: Mapping[str, Any]) -> Expert:
    expert = Expert.objects.create(
        name=name.title(),
        email=f"{name}@example.com",
        role="Consultant",
        timezone=spec["timezone"],
        duration=spec["duration_min"],
        interval=spec["slot_interval_min"],
        buffer_before=spec["buffer_before_min"],
        buffer_after=spec["buffer_after_min"],
        notice=spec["min_notice_min"],
        horizon=spec["horizon_days"],
        daily_cap=spec["max_per_day"],
    )
    for row in spec["weekly"]:
        hours = {"weekday": row["weekday"], "start": minutes(row["start"]), "end": minutes(row["end"])}
        WeeklyHours.objects.create(expert=expert, **hours)
    for override in spec.get("overrides", ()):
        intervals = [[minutes(start), minutes(end)] for start, end in override["intervals"]]
        DateOverride.objects.create(expert=expert, day=date.fromisoformat(override["date"]), intervals=intervals)
    for away in spec.get("time_off", ()):
        TimeOff.objects.create(expert=expert, **times(away))
    for busy in spec.get("external_busy", ()):
        calendar, _ = ExternalCalendar.objects.get_or_create(expert=expert)
        ExternalBusy.objects.create(calendar=calendar, expert=expert, **times(busy))
    return expert


def times(pair: Mapping[str, str]) -> dict[str, datetime]:
    return {end: datetime.fromisoformat(pair[f"{end}_utc"]) for end in ("start", "end")}


@dataclass
class Play:
    """Names of the sequence and what they stand for; a step without a client is another visitor's."""

    experts: dict[str, Expert]
    visitors: dict[str, Session] = field(default_factory=dict)
    rows: dict[str, Booking] = field(default_factory=dict)
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def visitor(self, step: Step) -> Session:
        """Made outside the step's transaction: a visitor outlives a refusal."""
        row = self.rows.get(step.get("id", ""))
        if row is not None and row.session is not None:
            return row.session
        name = str(step.get("client") or key_of(step) or f"visitor {len(self.visitors)}")
        if name not in self.visitors:
            self.visitors[name] = Session.objects.create(created_at=self.now, last_activity_at=self.now)
        return self.visitors[name]

    def step(self, step: Step) -> str:
        """What came of it, in the words of the vectors."""
        self.now = datetime.fromisoformat(step["at"])
        session = self.visitor(step)
        try:
            with transaction.atomic():
                outcome: Outcome = getattr(self, step["op"])(step, session)
        except UnoBotError as refusal:
            return REFUSALS.get(type(refusal), refusal.code)
        made = outcome.result.get("booking_id") or outcome.result["hold_id"]
        self.rows[step.get("as") or step["id"]] = Booking.objects.get(pk=made)
        return "replayed" if outcome.result.get("replayed") else "ok"

    def hold(self, step: Step, session: Session) -> Outcome:
        return hold_slot(
            session=session,
            now=self.now,
            expert_id=self.experts[step["expert"]].pk,
            start_time=datetime.fromisoformat(step["start"]),
            minutes=step.get("minutes", 10),
        )

    def book(self, step: Step, session: Session) -> Outcome:
        start = datetime.fromisoformat(step["start"])
        return self._create(session, self.experts[step["expert"]], start, step)

    def confirm(self, step: Step, session: Session) -> Outcome:
        hold = self._row(step)
        return self._create(session, hold.expert, hold.start, step, hold_id=hold.pk)

    def _create(self, session: Session, expert: Expert, start: datetime, step: Step, **extra: Any) -> Outcome:
        key = key_of(step)
        return create_booking(
            session=session,
            now=self.now,
            expert_id=expert.pk,
            start_time=start,
            timezone="UTC",
            client_name=step.get("name", "Vera"),
            client_email=step.get("email", "vera@example.com"),
            client_key=f"{session.pk}:{key}" if key else None,
            **extra,
        )

    def release(self, step: Step, session: Session) -> Outcome:
        return release_hold(session=session, now=self.now, hold_id=self._row(step).pk)

    def reschedule(self, step: Step, session: Session) -> Outcome:
        expert = step.get("expert")
        return reschedule_booking(
            session=None,
            now=self.now,
            booking_id=self._row(step).pk,
            start_time=datetime.fromisoformat(step["start"]),
            expert_id=self.experts[expert].pk if expert else None,
        )

    def cancel(self, step: Step, session: Session) -> Outcome:
        row = self._row(step)
        if row.status == Booking.Status.HELD:
            return self.release(step, session)
        return cancel_booking(session=None, now=self.now, booking_id=row.pk)

    def _row(self, step: Step) -> Booking:
        return Booking.objects.select_related("session", "expert").get(pk=self.rows[step["id"]].pk)

    def standing(self, name: str) -> dict[str, Any]:
        row = Booking.objects.select_related("expert").get(pk=self.rows[name].pk)
        lapsed = row.hold_expires_at is not None and row.hold_expires_at <= self.now
        return {
            "expert": row.expert.email.partition("@")[0],
            "status": "expired" if row.status == Booking.Status.HELD and lapsed else row.status,
            "start_utc": f"{row.start:%Y-%m-%dT%H:%M:%SZ}",
            "end_utc": f"{row.end:%Y-%m-%dT%H:%M:%SZ}",
            "sequence": row.sequence,
        }
