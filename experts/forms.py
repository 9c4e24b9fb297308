"""How staff edit an expert: hours and lists in plain words, times in the expert's own zone."""

import calendar
from collections.abc import Sequence
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminSelect2Widget, UnfoldAdminTextInputWidget

from experts import hours, photos
from experts.models import MAX_PHOTO_BYTES, DateOverride, Expert, ExternalCalendar, WeeklyHours

LISTS = ("services", "specialties", "industries", "languages")
DAYS = tuple(f"hours_{name.lower()}" for name in calendar.day_name)


class HoursField(forms.CharField):
    """Intervals of a day as ``09:00-12:30, 13:30-17:00``."""

    widget = UnfoldAdminTextInputWidget(attrs={"placeholder": "closed"})

    def prepare_value(self, value: Any) -> Any:
        return hours.write(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[hours.Interval]:  # type: ignore[override]  # a field of intervals
        try:
            return value if isinstance(value, list) else hours.parse(value or "")
        except hours.BadHours as error:
            raise ValidationError(str(error), code="hours") from error


class WordsField(forms.CharField):
    """A list of words, separated by commas."""

    widget = UnfoldAdminTextInputWidget

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a field of words
        words = value if isinstance(value, list) else (value or "").split(",")
        return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _zone_choices() -> list[tuple[str, str]]:
    return [(name, name) for name in sorted(available_timezones()) if "/" in name or name == "UTC"]


class ExpertForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    services = WordsField(required=False)
    specialties = WordsField(required=False)
    industries = WordsField(required=False)
    languages = WordsField(required=False, help_text="Codes, for example en, de.")
    timezone = forms.ChoiceField(choices=_zone_choices, widget=UnfoldAdminSelect2Widget)
    hours_monday = HoursField(required=False, label="Monday")
    hours_tuesday = HoursField(required=False, label="Tuesday")
    hours_wednesday = HoursField(required=False, label="Wednesday")
    hours_thursday = HoursField(required=False, label="Thursday")
    hours_friday = HoursField(required=False, label="Friday")
    hours_saturday = HoursField(required=False, label="Saturday")
    hours_sunday = HoursField(required=False, label="Sunday")

    class Meta:
        model = Expert
        fields: Sequence[str] = (
            "name", "email", "role", "bio", "photo", *LISTS, "timezone", "country", "is_active", "capacity",
            "duration", "interval", "buffer_before", "buffer_after", "notice", "horizon", "daily_cap",
        )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in enumerate(DAYS):
            if name in self.fields:
                self.initial[name] = self._stored(weekday)

    def _stored(self, weekday: int) -> list[hours.Interval]:
        if self.instance._state.adding:
            return []
        rows = self.instance.weekly_hours.filter(weekday=weekday).order_by("start")
        return list(rows.values_list("start", "end"))

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()

    def clean_photo(self) -> Any:
        photo = self.cleaned_data.get("photo")
        if isinstance(photo, UploadedFile):
            head = photo.read(photos.HEAD_BYTES)
            photo.seek(0)
            try:
                photos.check(photo.name or "", photo.size or 0, head, limit=MAX_PHOTO_BYTES)
            except photos.BadPhoto as error:
                raise ValidationError(str(error), code="photo") from error
        return photo

    def save_hours(self) -> None:
        """Lay down the week anew where it changed."""
        for weekday, name in enumerate(DAYS):
            if name in self.changed_data:
                self.instance.weekly_hours.filter(weekday=weekday).delete()
                WeeklyHours.objects.bulk_create(
                    WeeklyHours(expert=self.instance, weekday=weekday, start=start, end=end)
                    for start, end in self.cleaned_data[name]
                )


class OverrideForm(forms.ModelForm):  # type: ignore[type-arg]
    intervals = HoursField(required=False, label="Hours of that day", help_text="Empty: a day off.")

    class Meta:
        model = DateOverride
        fields = ("day", "intervals", "label")

    def clean_intervals(self) -> list[list[int]]:
        return [list(interval) for interval in self.cleaned_data["intervals"]]


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]
    """A feed's address is as good as a key: it is taken and never shown again."""

    secret = forms.CharField(
        required=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "off", "placeholder": "https://…"}),
        label="Address of the feed",
        help_text="Leave empty to keep the one that is stored.",
    )

    class Meta:
        model = ExternalCalendar
        fields = ("name", "secret", "is_active")

    def clean_secret(self) -> str:
        address = str(self.cleaned_data["secret"] or self.instance.secret).strip()
        if self.instance.kind == ExternalCalendar.Kind.ICS and not address.startswith("https://"):
            raise ValidationError("A feed has an address that starts with https://.", code="scheme")
        return address
