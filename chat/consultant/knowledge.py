"""What the consultant may answer from, by topic and language, and what it may remark; staff's words go first."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chat.consultant.language import FALLBACK, load
from chat.consultant.thoughts import Thoughts


@dataclass(frozen=True)
class Answer:
    """``source`` names the entry, so that the page can show where an answer comes from; None for a phrase of ours."""

    text: str
    source: str | None


@dataclass(frozen=True)
class Knowledge:
    """``entries``: (topic, language) -> text, as staff edited them."""

    entries: Mapping[tuple[str, str], str] = field(default_factory=dict)
    thoughts: Thoughts = field(default_factory=Thoughts)

    @classmethod
    def default(cls) -> "Knowledge":
        """Only what the language files say."""
        return cls()

    def answer(self, topic: str, language: str) -> Answer | None:
        for code in dict.fromkeys((language, FALLBACK)):
            edited = self.entries.get((topic, code))
            if edited:
                return Answer(edited, topic)
            default = load(code).table("knowledge").get(topic)
            if default:
                return Answer(str(default), topic)
        return None


def topics() -> tuple[str, ...]:
    """The topics that every language file answers."""
    return tuple(load(FALLBACK).table("knowledge"))


def default_entries(language: str) -> dict[str, str]:
    return {topic: str(text) for topic, text in load(language).table("knowledge").items()}
