"""What a visitor can do about meetings: see free times, hold one, book, reschedule, cancel; and who fits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import transaction
from email_validator import EmailNotValidError, validate_email

from bookings import attendance, frames, privacy, reservations, tasks
from bookings.agenda import Eyes, free, why_not
from bookings.models import Booking
from bookings.proposals import propose
from bookings.reservations import VISITOR, Actor, Client, Made, Wish
from chat import transcript
from chat.contract import Availability, DurableEvent, ExpertsMatched
from chat.errors import Conflict, Invalid, Unavailable
from chat.models import Session
from chat.outcome import Outcome
from chat.publish import nudge, publish
from chat.services import set_consent
from chat.shapes import Slot
from chat.zones import zones
from experts.models import Expert, MeetingType
from experts.services import get_expert, get_meeting_type, lengths, topic
from experts.slots import Span


def _zone(name: str | None, otherwise: str) -> str:
    if name and name not in zones():
        raise Invalid.field("timezone", f"{name} is not a time zone.")
    return name or otherwise


def _email(text: str) -> str:
    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError as error:
        raise Invalid.field("client_email", str(error)) from error


def _wish(expert_id: UUID, start: datetime, slug: str | None, zone: str) -> Wish:
    """In UTC: arithmetic on a wall clock, which staff type, is off by the hour that a clock change skips."""
    expert = get_expert(expert_id=expert_id)
    kind = get_meeting_type(expert=expert, slug=slug)
    return Wish(expert=expert, kind=kind, start=start.astimezone(UTC), zone=zone)


def _tell(session: Session | None, now: datetime, *events: DurableEvent) -> None:
    if session is not None and events:
        publish(session, *events, now=now)


def _nudge(*expert_ids: UUID) -> None:
    for expert_id in set(expert_ids):
        nudge(topic(expert_id))


def _released(made: Made) -> list[DurableEvent]:
    return [frames.hold_released(hold) for hold in made.released]


def _ids(made: Made) -> Iterable[UUID]:
    return (made.booking.expert_id, *(hold.expert_id for hold in made.released))


def _result(made: Made) -> Outcome:
    booking = made.booking
    return Outcome({"booking_id": str(booking.pk), "sequence": booking.sequence, "replayed": made.replayed})


def match_experts(*, session: Session, now: datetime, limit: int = 3) -> Outcome:
    """Propose the experts who fit what the visitor has said so far."""
    proposal = propose(session, limit=limit, now=now)
    if not proposal.cards:
        raise Unavailable("None of our experts has a free place at the moment.")
    publish(session, ExpertsMatched(experts=proposal.cards, pairs=proposal.pairs), now=now)
    transcript.advance(session, "matching", now=now)
    return Outcome({"expert_ids": [str(card.id) for card in proposal.cards]})


def get_availability(
    *,
    session: Session,
    now: datetime,
    expert_id: UUID,
    timezone: str,
    from_: datetime | None = None,
    days: int = 14,
    meeting_type: str | None = None,
) -> Availability:
    """Free starts from ``from_`` (never before now) for ``days`` times 24 hours."""
    expert, zone = get_expert(expert_id=expert_id), _zone(timezone, session.timezone)
    kind = get_meeting_type(expert=expert, slug=meeting_type)
    since = min(max(from_ or now, now), now + timedelta(days=expert.horizon + 2))
    window = Span(since, since + timedelta(days=days))
    starts = free([expert], window=window, now=now, eyes=Eyes(session=session, kind=kind))[expert.pk]
    length = lengths(expert, kind).meeting
    return Availability(
        expert_id=expert.pk,
        expert_name=expert.name,
        expert_role=expert.role,
        timezone=zone,
        meeting_type=kind.slug if kind else None,
        duration_minutes=length // timedelta(minutes=1),
        slots=frames.slots(starts, length=length, zone=zone, expert=expert),
    )


def hold_slot(
    *,
    session: Session,
    now: datetime,
    expert_id: UUID,
    start_time: datetime,
    meeting_type: str | None = None,
    minutes: int = reservations.HOLD_MINUTES,
) -> Outcome:
    """Keep a time for the visitor for some minutes; the visitor's earlier hold is given up."""
    wish = _wish(expert_id, start_time, meeting_type, session.timezone)
    made = reservations.hold(session, wish, now=now, minutes=minutes)
    hold = made.booking
    expires_at = hold.hold_expires_at or now
    transcript.advance(session, "scheduling", now=now)
    _tell(session, now, *_released(made), frames.slot_held(hold, expires_at))
    _nudge(*_ids(made))
    return Outcome(
        {"hold_id": str(hold.pk), "start_time": hold.start.isoformat(), "expires_at": expires_at.isoformat()}
    )


def release_hold(*, session: Session, now: datetime, hold_id: UUID) -> Outcome:
    """Idempotent; only a hold that has become a booking is refused."""
    hold = reservations.own(hold_id, session)
    if hold.status == Booking.Status.CONFIRMED:
        raise Conflict("This hold has become a booking.")
    alive = reservations.release(hold, now)
    if alive:
        _tell(session, now, frames.hold_released(hold))
        _nudge(hold.expert_id)
    return Outcome({"hold_id": str(hold.pk), "replayed": not alive})


def _claimed(session: Session, hold_id: UUID | None, wish: Wish) -> Booking | None:
    if hold_id is None:
        return None
    hold = reservations.own(hold_id, session)
    if hold.expert_id != wish.expert.pk or hold.start != wish.start:
        raise Invalid.field("hold_id", "This hold is for another time.")
    if hold.status not in (Booking.Status.HELD, Booking.Status.EXPIRED, Booking.Status.CONFIRMED):
        raise Conflict("This hold was given up.")
    return hold


def _check_end(wish: Wish, end: datetime | None) -> None:
    if end is not None and end != wish.start + lengths(wish.expert, wish.kind).meeting:
        raise Invalid.field("end_time", "The end does not agree with the length of this meeting.")


def create_booking(
    *,
    session: Session,
    now: datetime,
    expert_id: UUID,
    start_time: datetime,
    timezone: str,
    client_name: str,
    client_email: str,
    end_time: datetime | None = None,
    hold_id: UUID | None = None,
    meeting_type: str | None = None,
    notes: str | None = None,
    client_key: str | None = None,
) -> Outcome:
    """Book a time, from a hold or at once. ``client_key`` makes a repeat of the same request harmless.

    Whoever books agrees to the keeping of what they booked with: the form says so, and it is recorded here.
    """
    zone = _zone(timezone, session.timezone)
    client = Client(name=client_name.strip(), email=_email(client_email), timezone=zone, notes=notes or "")
    wish = _wish(expert_id, start_time, meeting_type, zone)
    hold = _claimed(session, hold_id, wish)
    wish = replace(wish, kind=hold.meeting_type) if hold else wish
    _check_end(wish, end_time)
    if hold is not None and hold.status == Booking.Status.CONFIRMED:
        return _result(Made(hold, replayed=True))
    made = reservations.book(session, wish, client, now=now, claimed=hold, client_key=client_key)
    if not made.replayed:
        if session.consent_at is None:
            set_consent(session=session, now=now, granted=True)
        _tell(session, now, *_released(made), frames.confirmed(made.booking))
        transcript.advance(session, "booked", now=now)
        _nudge(*_ids(made))
        tasks.announce_later(made.booking, made.change, now=now)
    return _result(made)


def _reasoned(free_choice: bool, actor: Actor) -> bool:
    if free_choice and not actor.reason.strip():
        raise Invalid.field("reason", "Say why this time is given past the rules.")
    return free_choice


@transaction.atomic
def book_for(
    *,
    now: datetime,
    expert_id: UUID,
    start_time: datetime,
    timezone: str,
    client_name: str,
    client_email: str,
    actor: Actor,
    meeting_type: str | None = None,
    notes: str = "",
    free_choice: bool = False,
) -> Outcome:
    """Staff book for someone outside a conversation; past the rules with a reason, never over another meeting."""
    zone = _zone(timezone, "UTC")
    client = Client(name=client_name.strip(), email=_email(client_email), timezone=zone, notes=notes)
    wish = replace(_wish(expert_id, start_time, meeting_type, zone), free_choice=_reasoned(free_choice, actor))
    made = reservations.book(None, wish, client, now=now, actor=actor)
    _nudge(*_ids(made))
    tasks.announce_later(made.booking, made.change, now=now)
    return _result(made)


def explain(*, now: datetime, expert_id: UUID, start_time: datetime, meeting_type: str | None = None) -> str:
    """Why a time is not offered, for staff; says so too when it is."""
    wish = _wish(expert_id, start_time, meeting_type, "UTC")
    refusal = why_not(wish.expert, wish.start, now=now, eyes=Eyes(kind=wish.kind))
    return reservations.reason(refusal, wish) if refusal else "This time is offered."


def meetings_hit(*, expert: Expert, start: datetime, end: datetime) -> list[Booking]:
    """Confirmed meetings inside a time off that is about to be entered, soonest first."""
    hit = Booking.objects.filter(expert=expert, status=Booking.Status.CONFIRMED, start__lt=end, end__gt=start)
    return list(hit.order_by("start"))


def _same_kind(booking: Booking, expert: Expert) -> MeetingType | None:
    """The booking's kind of meeting, as the (perhaps other) expert offers it."""
    if booking.meeting_type is None or booking.expert_id == expert.pk:
        return booking.meeting_type
    return MeetingType.objects.filter(expert=expert, slug=booking.meeting_type.slug, is_active=True).first()


def _owned(booking_id: UUID, session: Session | None) -> Booking:
    """A booking, its conversation's row locked: by dispatch, or here for the bearer of a link and for staff."""
    booking = reservations.own(booking_id, session)
    if session is None and booking.session_id is not None:
        booking.session = Session.objects.select_for_update(no_key=True).get(pk=booking.session_id)
    return booking


@transaction.atomic
def reschedule_booking(
    *,
    session: Session | None,
    now: datetime,
    booking_id: UUID,
    start_time: datetime,
    timezone: str | None = None,
    expert_id: UUID | None = None,
    actor: Actor = VISITOR,
    free_choice: bool = False,
) -> Outcome:
    """Move a booking; ``session`` None is the bearer of a signed link, or staff, who may go past the rules."""
    booking = _owned(booking_id, session)
    expert = get_expert(expert_id=expert_id or booking.expert_id)
    zone = _zone(timezone, booking.timezone)
    kind = _same_kind(booking, expert)
    start = start_time.astimezone(UTC)
    wish = Wish(expert=expert, kind=kind, start=start, zone=zone, free_choice=_reasoned(free_choice, actor))
    old_start, old_end, old_expert = booking.start, booking.end, booking.expert_id
    made = reservations.move(booking, wish, now=now, actor=actor)
    if not made.replayed:
        moved = frames.rescheduled(booking, old_start=old_start, old_end=old_end)
        _tell(booking.session, now, *_released(made), moved)
        _nudge(old_expert, *_ids(made))
        tasks.announce_later(made.booking, made.change, now=now)
    return _result(made)


@transaction.atomic
def cancel_booking(
    *, session: Session | None, now: datetime, booking_id: UUID, reason: str | None = None, actor: Actor = VISITOR
) -> Outcome:
    """Idempotent: a second cancel changes nothing and mails nobody."""
    booking = _owned(booking_id, session)
    actor = replace(actor, reason=(reason or "")[:500])
    made = reservations.cancel(booking, now=now, actor=actor)
    if not made.replayed:
        _tell(booking.session, now, frames.cancelled(booking, actor.reason))
        _nudge(booking.expert_id)
        tasks.announce_later(made.booking, made.change, now=now)
    return _result(made)


@transaction.atomic
def record_attendance(*, now: datetime, booking_id: UUID, came: bool, actor: Actor) -> Outcome:
    """Staff say whether the visitor came, once the meeting has begun; nobody is mailed."""
    made = attendance.attend(_owned(booking_id, None), came=came, now=now, actor=actor)
    if not made.replayed:
        _nudge(made.booking.expert_id)
    return _result(made)


def free_for(booking: Booking, *, now: datetime, window: timedelta) -> list[Slot]:
    """Where a booking could move to, in its visitor's zone."""
    eyes = Eyes(session=booking.session, moving=booking, kind=booking.meeting_type)
    starts = free([booking.expert], window=Span(now, now + window), now=now, eyes=eyes)[booking.expert_id]
    length = lengths(booking.expert, booking.meeting_type).meeting
    return frames.slots(starts, length=length, zone=booking.timezone, expert=booking.expert)


def erase(*, session: Session, now: datetime) -> None:
    """Free what lies ahead and forget whose it was; that a meeting took place stays, without a name."""
    bookings = Booking.objects.filter(session=session).select_related("expert", "meeting_type", "session")
    for booking in bookings:
        if booking.status == Booking.Status.HELD:
            reservations.release(booking, now)
        elif booking.status == Booking.Status.CONFIRMED and now < booking.end:
            cancel_booking(session=session, now=now, booking_id=booking.pk)
        _nudge(booking.expert_id)
    privacy.forget(Booking.objects.filter(session=session))
