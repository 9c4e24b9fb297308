"""Everything that blocks an expert's time is one row of one table, so that one guard can see all of it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chat.models import Session
from experts.models import Expert, MeetingType


class Booking(models.Model):
    """A hold or a booking. [busy_from, busy_until) is the meeting with its buffers, frozen when it was made.

    The database refuses two blocking rows of one expert whose busy times overlap (see ``overlap``). A reschedule
    moves the row: ``uid`` stays, ``sequence`` counts what the calendars of both sides have been told. ``seen_at`` is
    when the visitor of a hold was last known to be here.
    """

    class Status(models.TextChoices):
        HELD = "held"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"
        EXPIRED = "expired"
        COMPLETED = "completed"
        NO_SHOW = "no_show"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="bookings")
    meeting_type = models.ForeignKey(MeetingType, models.SET_NULL, null=True, blank=True)
    session = models.ForeignKey(Session, models.SET_NULL, null=True, related_name="bookings")
    status = models.CharField(max_length=10, choices=Status.choices)
    start = models.DateTimeField()
    end = models.DateTimeField()
    busy_from = models.DateTimeField(editable=False)
    busy_until = models.DateTimeField(editable=False)
    hold_expires_at = models.DateTimeField(null=True, editable=False)
    seen_at = models.DateTimeField(null=True, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    client_key = models.CharField(max_length=128, null=True, unique=True, editable=False)  # noqa: DJ001  # unique
    body_hash = models.CharField(max_length=64, blank=True, editable=False)
    timezone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(max_length=8, default="en")
    client_name = models.CharField(max_length=200, blank=True)
    client_email = models.EmailField(blank=True)
    notes = models.TextField(blank=True, max_length=2000)
    meeting_link = models.URLField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-start"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(start__lt=F("end")), name="booking_in_order"),
            models.CheckConstraint(
                condition=Q(busy_from__lte=F("start"), busy_until__gte=F("end")), name="booking_busy_covers_it"
            ),
            models.CheckConstraint(
                condition=~Q(status="held") | Q(hold_expires_at__isnull=False), name="booking_hold_expires"
            ),
            models.UniqueConstraint(fields=["session"], condition=Q(status="held"), name="one_hold_a_session"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["expert", "busy_until"], name="booking_blocking", condition=Q(status__in=["held", "confirmed"])
            ),
            models.Index(fields=["hold_expires_at"], name="booking_hold", condition=Q(hold_expires_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.expert} {self.start:%Y-%m-%d %H:%M} UTC ({self.status})"


BLOCKING = (Booking.Status.HELD, Booking.Status.CONFIRMED)


class BookingChange(models.Model):
    """The audit trail: who did what to a booking, and how it stood before and after."""

    class Actor(models.TextChoices):
        VISITOR = "visitor"
        EXPERT = "expert"
        STAFF = "staff"
        SYSTEM = "system"

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    actor = models.CharField(max_length=8, choices=Actor.choices)
    name = models.CharField(max_length=150, blank=True)
    action = models.CharField(max_length=16)
    before = models.JSONField(null=True)
    after = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["booking", "id"]

    def __str__(self) -> str:
        return f"{self.action} by {self.name or self.actor}"


class Reminder(models.Model):
    """A reminder that was promised for one state of a booking; a reschedule raises the sequence and voids it."""

    booking = models.ForeignKey(Booking, models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=8)
    sequence = models.PositiveIntegerField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["booking", "kind", "sequence"], name="reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} reminder"


class Placement(models.Model):
    """That an expert was proposed in a session, and at which place (1 is first); so that equals take turns."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="placements")
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="placements")
    place = models.PositiveSmallIntegerField()
    score = models.FloatField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["session", "expert"], name="expert_placed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.expert} at {self.place}"
