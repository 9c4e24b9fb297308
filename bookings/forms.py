"""What staff say when they change a booking."""

from django import forms
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextInputWidget


class CancelForm(forms.Form):
    reason = forms.CharField(
        max_length=500,
        widget=UnfoldAdminTextInputWidget,
        help_text="The visitor and the expert read it in their mail.",
    )


class MoveForm(forms.Form):
    start = forms.SplitDateTimeField(widget=UnfoldAdminSplitDateTimeWidget, label="New start")
