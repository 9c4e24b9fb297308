"""A kind of entries that staff edit: which fields it has, where the shipped ones come from, what is checked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from chat.editorial import Catalogue
from chat.taxonomy.catalogue import LANGUAGES
from chat.taxonomy.checks import Problem
from chat.taxonomy.edits import NEUTRAL, Edits, Fields, Place, keys
from unobot.catalogue.shapes import Shape
from unobot.catalogue.sources import prove_nothing


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    shape: Shape
    help: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    fields: Sequence[Field]


@dataclass(frozen=True, slots=True)
class Kind:
    """``general`` fields are the same in every language, ``told`` ones are not.

    ``check`` gets (place, the whole entry, as it was, the catalogue) and tells what is wrong; of what passes, ``prove``
    gets the catalogue with it. ``first`` names the fields a new entry begins with; without any, staff cannot add one.
    """

    key: str
    title: str
    one: str
    about: str
    general: Sequence[Group]
    told: Sequence[Group]
    shipped_keys: Callable[[], Sequence[str]]
    shipped: Callable[[str, str], Fields]
    label: Callable[[str, Fields], str]
    check: Callable[[Place, Fields, Fields, Catalogue], list[Problem]]
    prove: Callable[[Place, Catalogue], list[Problem]] = prove_nothing
    first: Sequence[str] = ()
    opening: str = NEUTRAL

    def groups(self, language: str) -> Sequence[Group]:
        return self.told if language else self.general

    def fields(self, language: str) -> list[Field]:
        return [field for group in self.groups(language) for field in group.fields]

    @property
    def parts(self) -> list[str]:
        """The languages with a page each, and NEUTRAL where there is something general; ``opening`` goes first."""
        every = [*([NEUTRAL] if self.general else []), *LANGUAGES]
        return sorted(every, key=lambda part: part != self.opening)

    def every(self, edits: Edits) -> list[str]:
        """All keys: those of the files, then those of the staff."""
        return list(dict.fromkeys((*self.shipped_keys(), *keys(edits, self.key))))

    def entry(self, place: Place, edits: Edits) -> Fields:
        """The whole entry as it stands."""
        return {**self.shipped(place[1], place[2]), **edits.get(place, {})}
