"""The form of an entry: its fields as inputs, read back into the entry and checked in the staff's words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from chat.consultant.language import FALLBACK, load
from chat.taxonomy.catalogue import LANGUAGES
from chat.taxonomy.checks import Problem
from chat.taxonomy.edits import NEUTRAL, Fields
from unobot.catalogue import shapes
from unobot.catalogue.kinds import Field, Group, Kind

KEY = r"[a-z][a-z0-9_]{2,39}"


@dataclass(frozen=True, slots=True)
class Row:
    """Inputs that belong together; a ``spare`` row is empty and only there to be written."""

    inputs: list[forms.BoundField]
    spare: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A field on the page. ``stale``: the shipped text has changed since it was edited."""

    field: Field
    rows: list[Row]
    problems: list[str]
    edited: bool
    shipped: str
    stale: bool

    @property
    def single(self) -> forms.BoundField | None:
        """The only input, when there is only one."""
        inputs = [given for row in self.rows for given in row.inputs]
        return inputs[0] if len(inputs) == 1 else None

    @property
    def flag(self) -> bool:
        return isinstance(self.field.shape, shapes.Flag)

    @property
    def short(self) -> bool:
        """Inputs that fit into one line."""
        return isinstance(self.field.shape, shapes.Days)


class EntryForm(forms.Form):
    """``values`` is the whole entry; ``whole`` is what it became."""

    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, fields: Sequence[Field], values: Fields, data: Any = None, after: int = 0) -> None:
        super().__init__(data, initial={"after": after})
        self.entry_fields = fields
        self.whole: dict[str, Any] = {}
        for field in fields:
            for suffix, given in field.shape.inputs(values.get(field.name)).items():
                self.fields[_name(field, suffix)] = given

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in self.entry_fields:
            prefix = f"{field.name}:"
            given = {name.removeprefix(prefix): value for name, value in cleaned.items() if name.startswith(prefix)}
            if given.keys() == self._suffixes(field):  # else an input has complained already
                self._read(field, given)
        return cleaned

    def _suffixes(self, field: Field) -> set[str]:
        return {name.removeprefix(f"{field.name}:") for name in self.fields if name.startswith(f"{field.name}:")}

    def _read(self, field: Field, given: Mapping[str, Any]) -> None:
        try:
            self.whole[field.name] = field.shape.read(given)
        except ValidationError as error:
            self.add_error(self._first(field), error)

    def _first(self, field: Field) -> str:
        return next(name for name in self.fields if name.startswith(f"{field.name}:"))

    def tell(self, found: Sequence[Problem]) -> None:
        """Put what the checks say beside its field."""
        known = {field.name: field for field in self.entry_fields}
        for problem in found:
            self.add_error(self._first(known[problem.field]) if problem.field in known else None, problem.message)

    def rows(self, field: Field) -> list[Row]:
        bound = [self[name] for name in self.fields if name.startswith(f"{field.name}:")]
        if not isinstance(field.shape, shapes.Rows):
            return [Row(bound, spare=False)]
        size = len(field.shape.parts.labels)
        rows = [bound[at : at + size] for at in range(0, len(bound), size)]
        return [
            Row(inputs, spare=at > 0 and not any(given.value() for given in inputs)) for at, inputs in enumerate(rows)
        ]

    def told(self, field: Field) -> list[str]:
        names = [name for name in self.fields if name.startswith(f"{field.name}:")]
        return [str(message) for name in names for message in self.errors.get(name, ())] if self.is_bound else []


def _name(field: Field, suffix: str) -> str:
    return f"{field.name}:{suffix}"


def _key(edited: str) -> forms.Field:
    widget = UnfoldAdminTextInputWidget(attrs={"autocapitalize": "none", "spellcheck": "false"})
    message = "Small letters, digits and _, from 3 to 40, beginning with a letter."
    return forms.RegexField(
        f"^{KEY}$", label="Key", help_text=edited, widget=widget, error_messages={"invalid": message}
    )


def first_fields(kind: Kind) -> list[Field]:
    return [field for part in (NEUTRAL, FALLBACK) for field in kind.fields(part) if field.name in kind.first]


def new_form(kind: Kind, data: Any = None) -> EntryForm:
    """The key and the first fields of a new entry."""
    form = EntryForm(first_fields(kind), {}, data)
    form.fields["key"] = _key(f"What the {kind.one} is called in the data. It cannot be changed later.")
    form.order_fields(["key"])
    return form


def shown(form: EntryForm, groups: Sequence[Group], shipped: Fields, edited: Fields, base: Fields) -> list[Any]:
    """[(group, its fields as shown)]. ``edited`` are the fields that differ, ``base`` what the files said then."""

    def one(field: Field) -> Shown:
        text, was = field.shape.text(shipped.get(field.name)), field.shape.text(base.get(field.name))
        differs = field.name in edited
        return Shown(field, form.rows(field), form.told(field), differs, text, stale=differs and text != was)

    return [(group, [one(field) for field in group.fields]) for group in groups]


def language_name(code: str) -> str:
    return str(load(code).data["language"].get("name", code))


def _spoken() -> shapes.Choices:
    return [(code, language_name(code)) for code in LANGUAGES]


class TrialForm(forms.Form):
    """What a visitor might say."""

    text = forms.CharField(
        label="A visitor says", max_length=4000, required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 4, "dir": "auto"}),
    )  # fmt: skip
    spoken = forms.ChoiceField(label="in", choices=_spoken, required=False, widget=UnfoldAdminSelectWidget)
