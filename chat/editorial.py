"""What staff have written for the consultant to say: answers to questions about us, and the first words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from chat.consultant.knowledge import Answer, Knowledge
from chat.consultant.language import FALLBACK
from chat.models import KnowledgeEntry, WelcomeTemplate


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


def knowledge() -> Consulted:
    """As it stands now: read for every turn, so that an edit counts from the next answer on."""
    rows = list(KnowledgeEntry.objects.filter(is_active=True))
    return Consulted(
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
