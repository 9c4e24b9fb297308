"""How the values of catalogue entries are written in a form: shown as inputs, read back, told as text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from chat.taxonomy.catalogue import split

Choices = Sequence[tuple[str, str]]
MOST_LETTERS = 20_000
MOST_ROWS = 6


class Shape(Protocol):
    """``inputs`` are by suffix of the field's name; ``read`` gets their cleaned values, or raises ValidationError."""

    def inputs(self, value: Any) -> Mapping[str, forms.Field]: ...
    def read(self, given: Mapping[str, Any]) -> Any: ...
    def text(self, value: Any) -> str: ...


def _line(label: str, value: str) -> forms.Field:
    widget = UnfoldAdminTextInputWidget(attrs={"dir": "auto"})
    return forms.CharField(label=label, initial=value, required=False, max_length=400, widget=widget)


def _area(label: str, value: str, rows: int) -> forms.Field:
    widget = UnfoldAdminTextareaWidget(attrs={"dir": "auto", "rows": rows})
    return forms.CharField(label=label, initial=value, required=False, max_length=MOST_LETTERS, widget=widget)


def _select(label: str, value: str, choices: Choices) -> forms.Field:
    return forms.ChoiceField(
        label=label, initial=value, required=False, choices=choices, widget=UnfoldAdminSelectWidget
    )


def _lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@dataclass(frozen=True, slots=True)
class Text:
    """One text; a ``long`` one has several lines to be written in, and is one line all the same."""

    long: bool = False

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _area("", value or "", 3) if self.long else _line("", value or "")}

    def read(self, given: Mapping[str, Any]) -> str:
        return self.text(given[""])

    def text(self, value: Any) -> str:
        return " ".join((value or "").split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases in one comma-separated text, as the files have them."""

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _area("", self.text(value), 3)}

    def read(self, given: Mapping[str, Any]) -> str:
        return self.text(given[""].replace("、", ",").replace("،", ","))

    def text(self, value: Any) -> str:
        return ", ".join(split(value or ""))


@dataclass(frozen=True, slots=True)
class Lines:
    rows: int = 3

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _area("", self.text(value), self.rows)}

    def read(self, given: Mapping[str, Any]) -> list[str]:
        return _lines(given[""])

    def text(self, value: Any) -> str:
        return "\n".join(value or ())


@dataclass(frozen=True, slots=True)
class Weights:
    """A key and a number a line."""

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _area("", self.text(value), 6)}

    def read(self, given: Mapping[str, Any]) -> dict[str, float]:
        return dict(self._one(line) for line in _lines(given[""]))

    def _one(self, line: str) -> tuple[str, float]:
        key, _, number = line.rpartition(" ")
        try:
            return key, float(number)
        except ValueError:
            raise ValidationError(f"“{line}”: write a key, a space and a number, as in: iot 0.6") from None

    def text(self, value: Any) -> str:
        nearest = sorted((value or {}).items(), key=lambda pair: (-pair[1], pair[0]))
        return "\n".join(f"{key} {number:g}" for key, number in nearest)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Two words a line, with a bar between."""

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _area("", self.text(value), 3)}

    def read(self, given: Mapping[str, Any]) -> list[list[str]]:
        return [[word.strip() for word in line.split("|")] for line in _lines(given[""])]

    def text(self, value: Any) -> str:
        return "\n".join(" | ".join(pair) for pair in value or ())


@dataclass(frozen=True, slots=True)
class Places:
    """A rule and where it binds, a line each, in the order of their weight."""

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _area("", self.text(value), 6)}

    def read(self, given: Mapping[str, Any]) -> list[list[Any]]:
        read = [line.partition(":") for line in _lines(given[""])]
        return [[name.strip(), list(split(where))] for name, _, where in read]

    def text(self, value: Any) -> str:
        return "\n".join(f"{name}: {', '.join(where)}" for name, where in value or ())


@dataclass(frozen=True, slots=True)
class Days:
    """Least and most person-days."""

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        least, most = value or (None, None)
        return {"least": self._number("Least", least), "most": self._number("Most", most)}

    def _number(self, label: str, value: int | None) -> forms.Field:
        widget = UnfoldAdminTextInputWidget(attrs={"inputmode": "numeric"})
        return forms.IntegerField(label=label, initial=value, required=False, widget=widget)

    def read(self, given: Mapping[str, Any]) -> list[int]:
        return [given[end] for end in ("least", "most") if given[end] is not None]

    def text(self, value: Any) -> str:
        return " to ".join(map(str, value or ()))


@dataclass(frozen=True, slots=True)
class Choice:
    choices: Callable[[], Choices]

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": _select("", value or "", [("", "-"), *self.choices()])}

    def read(self, given: Mapping[str, Any]) -> str:
        return str(given[""])

    def text(self, value: Any) -> str:
        return value or "-"


@dataclass(frozen=True, slots=True)
class Flag:
    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        return {"": forms.BooleanField(label="Yes", initial=bool(value), required=False)}

    def read(self, given: Mapping[str, Any]) -> bool:
        return bool(given[""])

    def text(self, value: Any) -> str:
        return "yes" if value else "no"


@dataclass(frozen=True, slots=True)
class Parts:
    """A fixed number of texts, each with its label; some are a choice."""

    labels: Sequence[str]
    choices: Mapping[str, Choices] = field(default_factory=dict)

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        texts = value or [""] * len(self.labels)
        return {str(n): self._part(label, text) for n, (label, text) in enumerate(zip(self.labels, texts, strict=True))}

    def _part(self, label: str, text: str) -> forms.Field:
        name = label.capitalize()
        return _select(name, text, self.choices[label]) if label in self.choices else _area(name, text, 2)

    def read(self, given: Mapping[str, Any]) -> list[str]:
        texts = [" ".join(given[str(n)].split()) for n in range(len(self.labels))]
        return (
            texts
            if any(text for text, label in zip(texts, self.labels, strict=True) if label not in self.choices)
            else []
        )

    def text(self, value: Any) -> str:
        return "\n".join(f"{label.capitalize()}: {text}" for label, text in zip(self.labels, value or (), strict=False))


@dataclass(frozen=True, slots=True)
class Rows:
    """Several of ``parts``, up to MOST_ROWS; an emptied one is gone."""

    parts: Parts

    def inputs(self, value: Any) -> Mapping[str, forms.Field]:
        rows = [*(value or ()), *([[]] * MOST_ROWS)][:MOST_ROWS]
        return {f"{at}-{name}": given for at, row in enumerate(rows) for name, given in self.parts.inputs(row).items()}

    def read(self, given: Mapping[str, Any]) -> list[list[str]]:
        rows: dict[str, dict[str, Any]] = {}
        for suffix, text in given.items():
            at, _, name = suffix.partition("-")
            rows.setdefault(at, {})[name] = text
        return [row for row in (self.parts.read(parts) for parts in rows.values()) if row]

    def text(self, value: Any) -> str:
        return "\n\n".join(self.parts.text(row) for row in value or ())
