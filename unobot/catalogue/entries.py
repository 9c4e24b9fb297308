"""Reading and writing entries of the catalogue. Nothing is saved that the checks refuse, and nothing is ever lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from chat import editorial
from chat.editorial import Catalogue
from chat.models import CatalogueEdit
from chat.taxonomy import overlay
from chat.taxonomy.checks import Problem
from chat.taxonomy.edits import NEUTRAL, Edits, Fields, Place, is_off
from chat.taxonomy.index import compile_index
from unobot.catalogue.kinds import Kind

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Past:
    """One line of an entry's history, with the labels of the fields that it changed."""

    edit: CatalogueEdit
    changed: tuple[str, ...]


def differing(kind: Kind, place: Place, whole: Fields) -> dict[str, Any]:
    """What of the whole entry is not as shipped."""
    shipped = kind.shipped(place[1], place[2])
    fields = kind.fields(place[2])
    return {
        f.name: whole[f.name]
        for f in fields
        if f.name in whole and f.shape.text(whole[f.name]) != f.shape.text(shipped.get(f.name))
    }


def with_edits(known: Catalogue, changes: Edits) -> Catalogue:
    """The catalogue as it would be with the changes."""
    edits = {place: fields for place, fields in {**known.edits, **changes}.items() if fields}
    topical = any(kind == overlay.TOPIC for kind, _, _ in changes)
    index = compile_index(overlay.edited(edits), known.index) if topical else known.index
    return replace(known, edits=edits, index=index)


def problems(kind: Kind, place: Place, whole: Fields, known: Catalogue) -> list[Problem]:
    """What is wrong with the whole entry, each thing once."""
    found = kind.check(place, whole, kind.entry(place, known.edits), known)
    if not found:
        found = kind.prove(place, with_edits(known, {place: differing(kind, place, whole)}))
    return list(dict.fromkeys(found))


def write(kind: Kind, place: Place, whole: Fields, *, after: int, by: str, now: datetime) -> bool:
    """Save the entry, which has been checked; False when it is what it was. Raises Conflict."""
    fields = differing(kind, place, whole)
    if fields == editorial.catalogue().edits.get(place, {}):
        return False
    shipped = kind.shipped(place[1], place[2])
    base = {name: shipped.get(name) for name in fields}
    editorial.edit_catalogue(place=place, fields=fields, shipped=base, after=after, by=by, now=now)
    return True


def add(kind: Kind, key: str, parts: Mapping[str, Fields], *, by: str, now: datetime) -> None:
    """A new entry of the staff's own; ``parts`` are by language. Raises Conflict when the key has a history."""
    with transaction.atomic():
        for language, fields in parts.items():
            place = (kind.key, key, language)
            editorial.edit_catalogue(place=place, fields=fields, shipped={}, after=newest(place), by=by, now=now)


def reset(kind: Kind, key: str, languages: Sequence[str], *, by: str, now: datetime) -> None:
    """Back to what the files say; an entry that they do not have is gone."""
    with transaction.atomic():
        for language in languages:
            place = (kind.key, key, language)
            if place in editorial.catalogue().edits:
                editorial.edit_catalogue(place=place, fields={}, shipped={}, after=newest(place), by=by, now=now)


def newest(place: Place) -> int:
    kind, key, language = place
    rows = CatalogueEdit.objects.filter(kind=kind, key=key, language=language)
    return rows.order_by("-number").values_list("number", flat=True).first() or 0


def history(kind: Kind, place: Place) -> list[Past]:
    """The newest first."""
    _, key, language = place
    rows = list(CatalogueEdit.objects.filter(kind=kind.key, key=key, language=language).order_by("number"))
    before: list[Fields] = [{}, *(row.fields for row in rows)]
    return [Past(row, _changed(kind, earlier, row)) for row, earlier in zip(rows, before, strict=False)][::-1]


def _changed(kind: Kind, before: Fields, edit: CatalogueEdit) -> tuple[str, ...]:
    names = (name for name in {**before, **edit.fields} if before.get(name) != edit.fields.get(name))
    return labels(kind, edit.language, names)


def labels(kind: Kind, language: str, names: Iterable[str]) -> tuple[str, ...]:
    """What the fields are called; one that an upgrade took away keeps its name."""
    known = {field.name: field.label for field in kind.fields(language)}
    return tuple(known.get(name, name) for name in names)


def state(kind: Kind, key: str, edits: Edits) -> str:
    """off, own, edited, or nothing for an entry as shipped."""
    if is_off(edits, kind.key, key):
        return "off"
    if not any(kind.shipped(key, part) for part in kind.parts):
        return "own"
    return "edited" if any((kind.key, key, part) in edits for part in kind.parts) else ""


def exists(kind: Kind, key: str, edits: Edits) -> bool:
    return key in kind.shipped_keys() or any((kind.key, key, part) in edits for part in (NEUTRAL, *kind.parts))


def label(kind: Kind, key: str, edits: Edits) -> str:
    return kind.label(key, kind.entry((kind.key, key, ENGLISH), edits))
