"""What the consultant may remark on a problem: the insight whose words are told, else the thought of a topic found."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from chat.consultant.canon import canon
from chat.consultant.language import Language, load
from chat.taxonomy.edits import Edits, Fields, is_off, written
from chat.taxonomy.find import find
from chat.taxonomy.index import Index, shipped

INSIGHT = "insight"
SURE = 0.6


def shipped_insights(language: str) -> dict[str, Fields]:
    """By key: the words (``cue``) that tell of the problem, and what to ``say``."""
    return dict(load(language).table("insights"))


@lru_cache(maxsize=2048)
def _pattern(code: str, cue: tuple[str, ...]) -> re.Pattern[str]:
    return load(code).compile(cue)


@dataclass(frozen=True)
class Thoughts:
    """``edits`` lie over the insights of the language files; ``index`` finds topics, which bring thoughts too."""

    edits: Edits = field(default_factory=dict)
    index: Index | None = None

    def on(self, told: str, language: Language, before: Collection[str]) -> tuple[str, str] | None:
        """(key, sentence) of the first thought on what was told that was not spoken ``before``."""
        plain = canon(told)
        for key, fields in self.insights(language.code).items():
            if key not in before and _pattern(language.code, tuple(fields["cue"])).search(plain):
                return key, str(fields["say"])
        return next((thought for thought in self._topics(told, language.code) if thought[0] not in before), None)

    def insights(self, language: str) -> dict[str, Fields]:
        """Those of the staff go first: they were written because the shipped ones did not do."""
        shipped_ones = shipped_insights(language)
        edited = {key: {**shipped_ones.get(key, {}), **row} for key, row in written(self.edits, INSIGHT, language)}
        own = {key: row for key, row in edited.items() if key not in shipped_ones}
        every = {**own, **shipped_ones, **edited}
        whole = {key: row for key, row in every.items() if row.get("cue") and row.get("say")}
        return {key: row for key, row in whole.items() if not is_off(self.edits, INSIGHT, key)}

    def _topics(self, told: str, language: str) -> Iterator[tuple[str, str]]:
        index = self.index or shipped()
        for topic, strength in find(told, language, index).strengths().items():
            thought = index.catalogue.topics[topic].thoughts.get(language)
            if thought and strength >= SURE:
                yield topic, thought

    def service(self, told: str, language: str) -> str | None:
        """The service of the topic that is told most surely."""
        index = self.index or shipped()
        topic = next(iter(find(told, language, index).strengths()), None)
        return index.catalogue.topics[topic].service if topic else None
