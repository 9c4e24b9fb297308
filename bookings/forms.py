"""What staff say when they make or change a booking. Typed times are of the expert's zone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from unfold.widgets import (
    UnfoldAdminEmailInputWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
    UnfoldBooleanWidget,
)

from chat.shapes import Slot
from chat.zones import zones
from experts.models import Expert, check_zone


def _text(**attrs: str) -> forms.TextInput:
    widget: forms.TextInput = UnfoldAdminTextInputWidget(attrs=attrs)
    return widget


class CancelForm(forms.Form):
    reason = forms.CharField(
        max_length=500, widget=_text(), help_text="The visitor and the expert read it in their mail."
    )


class MoveForm(forms.Form):
    """``start`` is one of the free starts that are offered; the use case has the last word on what is free."""

    start = forms.TypedChoiceField(widget=UnfoldAdminSelectWidget, label="New start", coerce=datetime.fromisoformat)

    def __init__(self, *args: Any, free: Iterable[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(slot.start_time.isoformat(), _words(slot)) for slot in free]
        self.fields["start"].choices = offered  # type: ignore[attr-defined]  # a choice field


def _words(slot: Slot) -> str:
    return f"{slot.display_date}, {slot.display_time} ({slot.expert_time} for the expert)"


class OverrideForm(forms.Form):
    """A time past the rules, with the reason for it."""

    start = forms.DateTimeField(widget=_text(type="datetime-local"), label="New start, expert's time")
    reason = forms.CharField(max_length=500, widget=_text(), help_text="Kept in the record.")


class BookForm(forms.Form):
    """``past_rules`` needs a reason."""

    expert = forms.ModelChoiceField(
        queryset=Expert.objects.filter(is_active=True), widget=UnfoldAdminSelectWidget, empty_label="Choose an expert"
    )
    start = forms.DateTimeField(widget=_text(type="datetime-local"), label="Start, expert's time")
    client_name = forms.CharField(max_length=200, widget=_text(), label="Visitor's name")
    client_email = forms.EmailField(widget=UnfoldAdminEmailInputWidget, label="Visitor's email")
    timezone = forms.CharField(
        max_length=64, widget=_text(), validators=[check_zone], initial="Europe/Vienna", label="Visitor's time zone"
    )
    notes = forms.CharField(max_length=2000, required=False, widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}))
    past_rules = forms.BooleanField(required=False, widget=UnfoldBooleanWidget, label="Past the rules of the calendar")
    reason = forms.CharField(max_length=500, required=False, widget=_text())


class WhyForm(forms.Form):
    """The part of a booking that decides whether it is offered."""

    expert = BookForm.base_fields["expert"]
    start = BookForm.base_fields["start"]


def _zones() -> list[tuple[str, str]]:
    return [
        ("", "The expert's own, or UTC"),
        *((name, name) for name in sorted(zones()) if "/" in name),
        ("UTC", "UTC"),
    ]


class WeekForm(forms.Form):
    """Which week to look at; all of it may be left out."""

    expert = forms.ModelChoiceField(
        queryset=Expert.objects.all(), required=False, widget=UnfoldAdminSelectWidget, empty_label="All experts"
    )
    zone = forms.ChoiceField(
        choices=_zones, required=False, widget=UnfoldAdminSelectWidget, label="Shown in the time of"
    )
    day = forms.DateField(required=False, widget=_text(type="date"), label="Week of")
