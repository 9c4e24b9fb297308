"""Experts and when they can be met. Rules are wall-clock minutes of the expert's own zone, never UTC."""

import uuid
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from chat.zones import zones
from experts.sealed import SealedField

MAX_PHOTO_BYTES = 5 * 1024 * 1024


def check_zone(name: str) -> None:
    if name not in zones():
        raise ValidationError(f"{name} is not a time zone; use a name such as Europe/Berlin.", code="zone")


class Expert(models.Model):
    """Lengths are minutes, the horizon is in days, ``capacity`` is meetings that fit into the coming four weeks."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    email = models.EmailField(unique=True)
    role = models.CharField(max_length=120)
    bio = models.TextField(blank=True)
    photo = models.FileField(
        upload_to="experts/", blank=True, validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])]
    )
    services = models.JSONField(default=list, blank=True)
    specialties = models.JSONField(default=list, blank=True)
    industries = models.JSONField(default=list, blank=True)
    languages = models.JSONField(default=list, blank=True)
    timezone = models.CharField(max_length=64, validators=[check_zone])
    country = models.CharField(max_length=8, blank=True, help_text="For public holidays: DE, or DE-BY for a region.")
    is_active = models.BooleanField(default=True, db_index=True)
    capacity = models.PositiveSmallIntegerField(default=20)
    duration = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(5), MaxValueValidator(480)])
    interval = models.PositiveSmallIntegerField(default=30, validators=[MinValueValidator(5), MaxValueValidator(480)])
    buffer_before = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(240)])
    buffer_after = models.PositiveSmallIntegerField(default=15, validators=[MaxValueValidator(240)])
    notice = models.PositiveIntegerField(default=240)
    horizon = models.PositiveSmallIntegerField(default=45)
    daily_cap = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(duration__gt=0, interval__gt=0), name="expert_meets_for_some_minutes")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def photo_url(self) -> str | None:
        return self.photo.url if self.photo else None


class WeeklyHours(models.Model):
    """Open minutes of a weekday (Monday is 0) in the expert's zone; a shift over midnight is two rows."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField()
    start = models.PositiveSmallIntegerField()
    end = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar = ["expert", "weekday", "start"]
        verbose_name_plural = "weekly hours"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="weekly_hours_weekday"),
            models.CheckConstraint(condition=Q(end__lte=1440, start__lt=F("end")), name="weekly_hours_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {clock(self.start)}-{clock(self.end)}"


class DateOverride(models.Model):
    """Replaces the weekly hours of one local date: ``intervals`` is [[start, end], …] in minutes, [] a day off."""

    class Source(models.TextChoices):
        MANUAL = "manual"
        HOLIDAY = "holiday"

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="overrides")
    day = models.DateField()
    intervals = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.MANUAL)
    label = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["expert", "day"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["expert", "day"], name="one_override_a_day")]

    def __str__(self) -> str:
        return f"{self.day}: {', '.join(f'{clock(a)}-{clock(b)}' for a, b in self.intervals) or 'off'}"

    def clean(self) -> None:
        if not all(
            isinstance(pair, list) and len(pair) == 2 and 0 <= pair[0] < pair[1] <= 1440 for pair in self.intervals
        ):
            raise ValidationError({"intervals": "Give pairs of minutes of the day, each start before its end."})


class TimeOff(models.Model):
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="time_off")
    start = models.DateTimeField()
    end = models.DateTimeField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["expert", "start"]
        verbose_name_plural = "time off"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="time_off_in_order")]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"


class MeetingType(models.Model):
    """A kind of meeting that an expert offers; what is left empty is as the expert's own rules say."""

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="meeting_types")
    slug = models.SlugField(max_length=60)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    duration = models.PositiveSmallIntegerField(validators=[MinValueValidator(5), MaxValueValidator(480)])
    interval = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(5)])
    buffer_before = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(240)])
    buffer_after = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MaxValueValidator(240)])
    notice = models.PositiveIntegerField(null=True, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["expert", "duration", "slug"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["expert", "slug"], name="meeting_type_once"),
            models.CheckConstraint(condition=Q(duration__gt=0), name="meeting_type_takes_some_minutes"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.duration} min)"


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


class ExternalCalendar(models.Model):
    """A calendar the expert keeps elsewhere. ``read_at`` is the age of the copy that ``busy`` holds."""

    class Kind(models.TextChoices):
        ICS = "ics", "ICS feed"
        GOOGLE = "google", "Google Calendar"

    expert = models.ForeignKey(Expert, models.CASCADE, related_name="calendars")
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.ICS)
    name = models.CharField(max_length=120, blank=True)
    secret = SealedField(blank=True, help_text="The feed's https address; for Google, the token it gave.")
    calendar_id = models.CharField(max_length=200, blank=True, default="primary")
    is_active = models.BooleanField(default=True)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    copy = models.BinaryField(null=True, editable=False)
    tried_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    error = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering: ClassVar = ["expert", "id"]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()


class ExternalBusy(models.Model):
    """When an expert is busy elsewhere; the last good copy of one calendar, recurrences laid out."""

    calendar = models.ForeignKey(ExternalCalendar, models.CASCADE, related_name="busy")
    expert = models.ForeignKey(Expert, models.CASCADE, related_name="+")
    start = models.DateTimeField()
    end = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["expert", "end"], name="external_busy")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(start__lt=F("end")), name="external_busy_in_order")]

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M} to {self.end:%Y-%m-%d %H:%M} UTC"
