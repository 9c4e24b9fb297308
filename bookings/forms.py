"""What staff say when they change a booking."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextInputWidget

from chat.contract import Slot


class CancelForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text="The visitor and the expert read it in their mail.",
    )


class MoveForm(forms.Form):
    """``start`` is one of the free starts that are offered; the use case has the last word on what is free."""

    start = forms.TypedChoiceField(widget=UnfoldAdminSelectWidget, label="New start", coerce=datetime.fromisoformat)

    def __init__(self, *args: Any, free: Iterable[Slot], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [(slot.start_time.isoformat(), _words(slot)) for slot in free]  # type: ignore[attr-defined]  # a choice field


def _words(slot: Slot) -> str:
    return f"{slot.display_date}, {slot.display_time} ({slot.expert_time} for the expert)"
