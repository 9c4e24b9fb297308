"""Holds and bookings as rows: who may take which time. Every change is made under the lock of the experts it touches.

These run in the caller's transaction with the visitor's session row locked; experts are locked after it, in id order.
A refusal is raised as a domain error, so nothing of a refused change stays.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import IntegrityError, transaction

from bookings.agenda import Eyes, alternatives, why_not
from bookings.frames import slots
from bookings.models import Booking, BookingChange
from bookings.overlap import NAME
from chat.errors import Conflict, Expired, NotFound, NotOffered, SlotTaken, UnoBotError
from chat.models import Session
from experts.models import Expert, MeetingType
from experts.services import lengths
from experts.slots import Refusal, Rule

HOLD_MINUTES = 10
_WHY: dict[Rule, str] = {
    "closed": "{expert} does not work at this time.",
    "off_grid": "{expert}'s meetings do not start at this time.",
    "too_short": "There is not enough time left for this meeting.",
    "notice": "This is too soon, or already over.",
    "horizon": "This is too far ahead.",
    "time_off": "{expert} is away.",
    "calendar": "{expert} is busy at this time.",
    "taken": "{expert} has another meeting at this time.",
    "held": "Somebody is about to book this time; it is held until {until:%H:%M} UTC.",
    "cap": "{expert} has as many meetings on this day as fit.",
}


class KeyReused(Conflict):
    message = "This key was already used for another booking."


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """On whose behalf a change is made; for the audit trail."""

    kind: BookingChange.Actor
    name: str = ""
    reason: str = ""


VISITOR = Actor(kind=BookingChange.Actor.VISITOR)
SYSTEM = Actor(kind=BookingChange.Actor.SYSTEM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Who the meeting is for."""

    name: str
    email: str
    timezone: str
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A time asked for. ``free_choice`` is staff's: any time, past the rules, though never past the overlap guard."""

    expert: Expert
    kind: MeetingType | None
    start: datetime
    zone: str
    free_choice: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """``replayed``: an idempotent repeat that changed nothing. ``released``: holds given up for it."""

    booking: Booking
    change: BookingChange | None = None
    replayed: bool = False
    released: tuple[Booking, ...] = ()


def lock_experts(*ids: UUID) -> dict[UUID, Expert]:
    """Their rows, locked in id order."""
    rows = Expert.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    return {expert.pk: expert for expert in rows}


def reason(refusal: Refusal, wish: Wish) -> str:
    return _WHY[refusal.rule].format(expert=wish.expert.name, until=refusal.until)


def refuse(refusal: Refusal, wish: Wish, now: datetime, eyes: Eyes, *, late: bool = False) -> UnoBotError:
    """The error for a time that cannot be had, with the nearest times that can."""
    starts = alternatives(wish.expert, wish.start, now=now, eyes=eyes)
    length = lengths(wish.expert, wish.kind).meeting
    others = slots(starts, length=length, zone=wish.zone, expert=wish.expert)
    if late:
        return Expired("Your hold on this time has run out, and it is no longer free.", alternatives=others)
    if refusal.blocking:
        return SlotTaken(alternatives=others)
    return NotOffered(reason(refusal, wish), alternatives=others)


def _demand_offered(wish: Wish, now: datetime, eyes: Eyes, *, claimed: Booking | None = None) -> None:
    """A live hold was made in time: filling in a form must not make it too late."""
    if wish.free_choice:
        return
    refusal, late = why_not(wish.expert, wish.start, now=now, eyes=eyes), claimed is not None and _lapsed(claimed, now)
    promised = claimed is not None and not late and now < wish.start
    if refusal is not None and not (promised and refusal.rule == "notice"):
        raise refuse(refusal, wish, now, eyes, late=late)


@contextmanager
def _guarded(wish: Wish, now: datetime, eyes: Eyes) -> Iterator[None]:
    """The database has the last word: whatever its guard refuses is told as a taken slot."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not _is_overlap(error):
            raise
        raise refuse(Refusal("taken"), wish, now, eyes) from error


def _is_overlap(error: IntegrityError) -> bool:
    """Overlapping busy times, or a second hold or key of one client that came in between."""
    state = getattr(error.__cause__, "sqlstate", "")
    return state in {"23P01", "23505"} or NAME in str(error) or "UNIQUE constraint" in str(error)


def _place(row: Booking, wish: Wish, now: datetime) -> None:
    length = lengths(wish.expert, wish.kind)
    row.expert, row.meeting_type = wish.expert, wish.kind
    row.start, row.end = wish.start, wish.start + length.meeting
    row.busy_from, row.busy_until = length.busy(wish.start)
    row.updated_at = now


def state(row: Booking) -> dict[str, str | int]:
    """What the audit trail keeps of a booking."""
    return {
        "status": row.status,
        "expert": str(row.expert_id),
        "start": row.start.isoformat(),
        "end": row.end.isoformat(),
        "sequence": row.sequence,
    }


def record(
    row: Booking, action: str, actor: Actor, now: datetime, before: dict[str, str | int] | None
) -> BookingChange:
    return BookingChange.objects.create(
        booking=row, at=now, actor=actor.kind, name=actor.name, action=action, reason=actor.reason, before=before,
        after=state(row),
    )  # fmt: skip


def _holds_of(session: Session | None) -> list[Booking]:
    if session is None:
        return []
    return list(Booking.objects.filter(session=session, status=Booking.Status.HELD).select_related("expert"))


def release(row: Booking, now: datetime, actor: Actor = VISITOR) -> bool:
    """Give a hold up; False when it was no live hold any more. Only what its visitor gave up in time cannot be
    claimed any more: whoever comes back too late may still book the time, if it is free."""
    if row.status != Booking.Status.HELD or row.hold_expires_at is None:
        return False
    before = state(row)
    alive = now < row.hold_expires_at
    given_up = alive and actor.kind == BookingChange.Actor.VISITOR
    row.status, row.updated_at = Booking.Status.CANCELLED if given_up else Booking.Status.EXPIRED, now
    row.save(update_fields=["status", "updated_at"])
    record(row, "release", actor, now, before)
    return alive


def _settle(experts: dict[UUID, Expert], now: datetime) -> None:
    """A hold expires at its time sharp; until someone needs the place, only the clock says so."""
    lapsed = Booking.objects.filter(expert__in=list(experts), status=Booking.Status.HELD, hold_expires_at__lte=now)
    for held in lapsed.select_for_update(no_key=True).order_by("pk"):
        release(held, now, SYSTEM)


def _lock(*expert_ids: UUID, holds: Sequence[Booking], now: datetime) -> None:
    """Take the locks of a change; the visitor's own ``holds`` are read again as they stand under them."""
    _settle(lock_experts(*expert_ids, *(held.expert_id for held in holds)), now)
    for held in holds:
        held.refresh_from_db()


def _release_all(holds: list[Booking], now: datetime) -> tuple[Booking, ...]:
    return tuple(hold for hold in holds if release(hold, now))


def hold(session: Session, wish: Wish, *, now: datetime, minutes: int = HOLD_MINUTES) -> Made:
    """A visitor has one live hold: a new one gives the old one up."""
    holds, eyes = _holds_of(session), Eyes(session=session, kind=wish.kind)
    _lock(wish.expert.pk, holds=holds, now=now)
    _demand_offered(wish, now, eyes)
    released = _release_all(holds, now)
    row = Booking(session=session, status=Booking.Status.HELD, timezone=wish.zone, created_at=now, seen_at=now)
    row.hold_expires_at = now + timedelta(minutes=minutes)
    _place(row, wish, now)
    with _guarded(wish, now, eyes):
        row.save(force_insert=True)
    change = record(row, "hold", VISITOR, now, None)
    return Made(row, change, released=released)


def body_hash(*parts: object) -> str:
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def earlier(client_key: str | None, digest: str) -> Booking | None:
    """The booking that this key has already made; another body under the same key is a conflict."""
    row = Booking.objects.select_related("expert").filter(client_key=client_key).first() if client_key else None
    if row is not None and row.body_hash != digest:
        raise KeyReused
    return row


def _fill(row: Booking, client: Client, now: datetime) -> None:
    row.status, row.hold_expires_at = Booking.Status.CONFIRMED, None
    row.client_name, row.client_email = client.name, client.email
    row.timezone, row.notes = client.timezone, client.notes
    row.meeting_link = settings.MEETING_LINK_TEMPLATE.format(booking=row.uid.hex)


def book(
    session: Session | None,
    wish: Wish,
    client: Client,
    *,
    now: datetime,
    actor: Actor = VISITOR,
    claimed: Booking | None = None,
    client_key: str | None = None,
) -> Made:
    """Take a time for good. ``claimed`` is the hold to turn into the booking; other holds of the visitor end."""
    digest = body_hash(wish.expert.pk, wish.start, client.name, client.email)
    if done := earlier(client_key, digest):
        return Made(done, replayed=True)
    holds, eyes = _holds_of(session), Eyes(session=session, kind=wish.kind)
    _lock(wish.expert.pk, holds=holds, now=now)
    if claimed is not None:
        claimed.refresh_from_db()
    _demand_offered(wish, now, eyes, claimed=claimed)
    row = claimed or next((held for held in holds if _is_for(held, wish, now)), None)
    released = _release_all([held for held in holds if row is None or held.pk != row.pk], now)
    before = None if row is None else state(row)
    row = row or Booking(session=session, created_at=now)
    if session is not None:
        row.language = session.language
    row.client_key, row.body_hash = client_key or None, digest
    _place(row, wish, now)
    _fill(row, client, now)
    with _guarded(wish, now, eyes):
        row.save()
    change = record(row, "book", actor, now, before)
    return Made(row, change, released=released)


def _lapsed(held: Booking, now: datetime) -> bool:
    expires = held.hold_expires_at
    return held.status == Booking.Status.EXPIRED or (expires is not None and now >= expires)


def _is_for(held: Booking, wish: Wish, now: datetime) -> bool:
    return held.expert_id == wish.expert.pk and held.start == wish.start and not _lapsed(held, now)


def own(booking_id: UUID, session: Session | None) -> Booking:
    """A booking or hold as its owner may see it; ``session`` None is staff, or the bearer of a signed link."""
    rows = Booking.objects.select_related("expert", "meeting_type", "session")
    row = (rows if session is None else rows.filter(session=session)).filter(pk=booking_id).first()
    if row is None:
        raise NotFound("There is no such booking.")
    return row


def _demand_active(row: Booking, now: datetime) -> None:
    if row.status != Booking.Status.CONFIRMED or now >= row.end:
        raise Conflict("This booking is no longer active.")


def move(row: Booking, wish: Wish, *, now: datetime, actor: Actor = VISITOR) -> Made:
    """Reschedule in place, to another expert too: never a moment without a booking; over its own time it works."""
    holds, eyes = _holds_of(row.session), Eyes(session=row.session, moving=row, kind=wish.kind)
    _lock(row.expert_id, wish.expert.pk, holds=holds, now=now)
    row.refresh_from_db(fields=["status", "start", "end", "expert", "sequence"])
    _demand_active(row, now)
    if row.start == wish.start and row.expert_id == wish.expert.pk:
        return Made(row, replayed=True)
    _demand_offered(wish, now, eyes)
    released, before = _release_all(holds, now), state(row)
    _place(row, wish, now)
    row.timezone, row.sequence = wish.zone, row.sequence + 1
    with _guarded(wish, now, eyes):
        row.save()
    change = record(row, "reschedule", actor, now, before)
    return Made(row, change, released=released)


def cancel(row: Booking, *, now: datetime, actor: Actor = VISITOR) -> Made:
    lock_experts(row.expert_id)
    row.refresh_from_db(fields=["status", "start", "end", "sequence"])
    if row.status == Booking.Status.CANCELLED:
        return Made(row, replayed=True)
    _demand_active(row, now)
    before = state(row)
    row.status, row.sequence, row.updated_at = Booking.Status.CANCELLED, row.sequence + 1, now
    row.save(update_fields=["status", "sequence", "updated_at"])
    change = record(row, "cancel", actor, now, before)
    return Made(row, change)
