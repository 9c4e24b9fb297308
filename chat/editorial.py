"""What staff have written: answers to questions about us, the first words, and the catalogue as it now stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Max, Q

from chat.consultant.knowledge import Answer, Knowledge
from chat.consultant.language import FALLBACK
from chat.consultant.thoughts import Thoughts
from chat.errors import Conflict
from chat.models import CatalogueEdit, KnowledgeEntry, WelcomeTemplate
from chat.taxonomy import overlay
from chat.taxonomy.edits import NONE, Edits, Fields, Place
from chat.taxonomy.index import Index, compile_index, shipped


@dataclass(frozen=True)
class Consulted(Knowledge):
    """Knowledge that remembers what was answered from it. ``ids``: (topic, language) -> the staff's entry."""

    ids: Mapping[tuple[str, str], int] = field(default_factory=dict)
    answered: list[dict[str, Any]] = field(default_factory=list)

    def answer(self, topic: str, language: str) -> Answer | None:
        answer = super().answer(topic, language)
        if answer is not None:
            used = [code for code in (language, FALLBACK) if self.entries.get((topic, code)) == answer.text]
            self.answered.append({"topic": topic, "entry": self.ids[topic, used[0]] if used else None})
        return answer

    @property
    def source(self) -> dict[str, Any] | None:
        """{"topic": its key, "entry": id of the staff's entry, or None for our own words}."""
        return self.answered[-1] if self.answered else None


@dataclass(frozen=True)
class Catalogue:
    """What staff wrote over the shipped catalogue, and the taxonomy compiled with it; ``stamp`` says as of when."""

    stamp: Mapping[str, Any]
    edits: Edits
    index: Index


class _Shelf:
    """The catalogue that this process read last."""

    def __init__(self) -> None:
        self.lock, self.held = Lock(), Catalogue({}, NONE, shipped())

    def at(self, stamp: Mapping[str, Any]) -> Catalogue:
        with self.lock:
            if stamp != self.held.stamp:
                edits = _newest()
                index = compile_index(overlay.edited(edits), self.held.index) if edits else shipped()
                self.held = Catalogue(stamp, edits, index)
            return self.held


_shelf = _Shelf()


def catalogue() -> Catalogue:
    """As it stands now: read once for a turn or a job. While nobody edits, that is one small query.

    Ids alone are no stamp, because a smaller one may be committed after a larger.
    """
    return _shelf.at(CatalogueEdit.objects.aggregate(count=Count("id"), last=Max("id"), at=Max("at")))


def _newest() -> Edits:
    rows = CatalogueEdit.objects.order_by("number").values_list("kind", "key", "language", "fields")
    newest = {(kind, key, language): fields for kind, key, language, fields in rows}
    return {place: fields for place, fields in newest.items() if fields}


def edit_catalogue(*, place: Place, fields: Fields, shipped: Fields, after: int, by: str, now: datetime) -> None:
    """Add to an entry's history; ``after`` is the newest number its writer saw, Conflict says that there is another."""
    kind, key, language = place
    try:
        with transaction.atomic():
            CatalogueEdit.objects.create(
                kind=kind, key=key, language=language, number=after + 1,
                fields=fields, shipped=shipped, by=by, at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict("Somebody else has changed this entry meanwhile. Load it again.") from error


def knowledge() -> Consulted:
    """As it stands now: read for every turn, so that an edit counts from the next answer on."""
    rows, now = list(KnowledgeEntry.objects.filter(is_active=True)), catalogue()
    return Consulted(
        thoughts=Thoughts(now.edits, now.index),
        entries={(row.topic, row.language): row.text for row in rows},
        ids={(row.topic, row.language): row.pk for row in rows},
    )


def welcome(*, language: str, industry: str | None = None, returning: bool = False) -> str | None:
    """The text for the industry, else the default; None where staff have written neither."""
    rows = WelcomeTemplate.objects.filter(language=language, for_returning=returning)
    fitting = rows.filter(Q(is_default=True) | Q(industry=industry)) if industry else rows.filter(is_default=True)
    ranked = sorted(fitting, key=lambda row: row.industry != (industry or ""))
    return ranked[0].text if ranked else None


@transaction.atomic
def make_default(template: WelcomeTemplate) -> None:
    """The one that was the default until now stays as a draft, or for its industry."""
    rows = WelcomeTemplate.objects.filter(language=template.language, for_returning=template.for_returning)
    list(rows.select_for_update().order_by("pk"))  # two at once take turns
    rows.filter(is_default=True).exclude(pk=template.pk).update(is_default=False)
    rows.filter(pk=template.pk).update(is_default=True)
