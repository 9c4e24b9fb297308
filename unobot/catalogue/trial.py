"""What the catalogue, as it is or with an edit, makes of a visitor's words. Nothing is remembered of it."""

from dataclasses import dataclass
from datetime import datetime

from bookings.proposals import rehearse
from chat.consultant.language import load
from chat.consultant.thoughts import Thoughts
from chat.editorial import Catalogue
from chat.shapes import ExpertCard
from chat.taxonomy.find import Found, find
from experts.matching import Need
from prd import outline
from prd.brief import Brief, Said, mentions_in
from prd.wording import Patterns

MOST_EXPERTS = 5


@dataclass(frozen=True, slots=True)
class Told:
    """A topic found, by the visitor's own words; ``share`` says how sure it is, in percent."""

    key: str
    label: str
    share: int
    words: str
    refused: bool


@dataclass(frozen=True, slots=True)
class Trial:
    topics: list[Told]
    industries: list[str]
    remark: str
    experts: list[ExpertCard]
    requirements: list[tuple[str, str]]


def attempt(text: str, language: str, known: Catalogue, now: datetime) -> Trial:
    found = find(text, language, known.index)
    thought = Thoughts(known.edits, known.index).on(text, load(language), ())
    need = Need(texts=((1, text),), language=language, asked_at=now)
    industries = known.index.catalogue.industries
    return Trial(
        topics=_topics(found, language, known),
        industries=[industries[key].labels[language] for key in dict.fromkeys(m.industry for m in found.industries)],
        remark=thought[1] if thought else "",
        experts=rehearse(need, index=known.index, limit=MOST_EXPERTS, now=now).cards,
        requirements=_requirements(text, language, known, now),
    )


def _topics(found: Found, language: str, known: Catalogue) -> list[Told]:
    topics, strengths = known.index.catalogue.topics, found.strengths()
    refused = [key for key in dict.fromkeys(hit.topic for hit in found.hits) if key in found.negated]
    return [
        Told(key, topics[key].labels[language], round(100 * strengths.get(key, 0)), _words(found, key), key in refused)
        for key in (*strengths, *refused)
    ]


def _words(found: Found, key: str) -> str:
    said = (" … ".join(hit.words) for hit in found.hits if hit.topic == key)
    return ", ".join(dict.fromkeys(said))


def _requirements(text: str, language: str, known: Catalogue, now: datetime) -> list[tuple[str, str]]:
    """Title and sentence of what a document would ask for if this were all that was said."""
    messages = [Said(1, "user", text)]
    brief = Brief(
        language=language,
        version=1,
        created=now.date(),
        facts={},
        messages=messages,
        mentions=mentions_in(messages, lambda said: find(said, language, known.index)),
        patterns=Patterns(known.edits, known.index.catalogue),
    )
    written = outline.write(brief)
    return [(item.title, item.text) for key in ("fr", "nfr") for item in written.section(key).standing]
