"""Where the shipped entries come from, and what an edited one is checked for."""

from collections.abc import Iterator

from chat.consultant import checks as consultant_checks
from chat.consultant.language import FALLBACK
from chat.consultant.thoughts import shipped_insights
from chat.editorial import Catalogue
from chat.taxonomy import checks as topic_checks
from chat.taxonomy.checks import Problem
from chat.taxonomy.edits import Fields, Place
from chat.taxonomy.overlay import shipped_topic, shipped_words
from experts.matching.demand import UNSAID
from prd import checks as document_checks
from prd import wording
from prd.wording import Patterns

PLACES = ("eu", "us", "uk", "jp", "all")
# Where a broken rule of the document shows in the form.
PLACED = {"fr": "fr", "nfr": "nfr", "risks": "risk", "questions": "ask", "goals": "goal", "problem": "insight"}


def topic_shipped(key: str, language: str) -> Fields:
    if not language:
        return shipped_topic(key)
    return {**wording.shipped_topics(language).get(key, {}), **shipped_words(key, language)}


def insight_shipped(key: str, language: str) -> Fields:
    return shipped_insights(language).get(key, {}) if language else {}


def industry_shipped(key: str, language: str) -> Fields:
    if language:
        return wording.shipped_industries(language).get(key, {})
    return {"rules": [[rule, list(where)] for rule, where in wording.shipped_bindings().get(key, {}).items()]}


def rule_shipped(key: str, language: str) -> Fields:
    return wording.shipped_rules(language).get(key, {}) if language else {}


def anchors() -> set[str]:
    """The topics that the document and the matching fall back on when nothing was recognised."""
    return {*wording.table("effort")["service_topic"].values(), *UNSAID}


def check_topic(place: Place, fields: Fields, before: Fields, known: Catalogue) -> list[Problem]:
    _, key, language = place
    if not language:
        return [*topic_checks.general(key, fields, known.index), *_of_its_own(key, fields)]
    found = list(topic_checks.phrases(key, language, fields, before, known.index))
    found += consultant_checks.remark("thought", fields.get("thought", ""), language)
    shipped = wording.shipped_topics(language).get(key)
    if shipped or any(fields.get(name) for name in document_checks.NEEDED):
        found += document_checks.pattern(fields, language)
    return found


def _of_its_own(key: str, fields: Fields) -> Iterator[Problem]:
    if fields.get("off") and key in anchors():
        yield Problem("off", "The bot falls back on this topic when nothing is recognised.")
    if not fields.get("like") and not shipped_topic(key):
        yield Problem("like", "Choose the topic whose requirements stand in until its own are written.")


def prove_topic(place: Place, then: Catalogue) -> list[Problem]:
    """Whole documents, written with the edit and held against every rule."""
    _, key, language = place
    if not language or key not in then.index.catalogue.topics:
        return []
    broken = document_checks.findings(key, language, Patterns(then.edits, then.index.catalogue))
    return [Problem(PLACED.get(f.section, "fr"), f"In a document ({f.item}): {f.hint}") for f in broken]


def prove_nothing(place: Place, then: Catalogue) -> list[Problem]:
    """What is checked word by word needs no proof."""
    return []


def check_insight(place: Place, fields: Fields, before: Fields, known: Catalogue) -> list[Problem]:
    return list(consultant_checks.insight(fields, place[2])) if place[2] else []


def check_industry(place: Place, fields: Fields, before: Fields, known: Catalogue) -> list[Problem]:
    if place[2]:
        return list(document_checks.trade(fields))
    rules = list(Patterns(known.edits, known.index.catalogue).rules(FALLBACK))
    return list(document_checks.bindings(fields.get("rules", ()), rules, PLACES))


def check_rule(place: Place, fields: Fields, before: Fields, known: Catalogue) -> list[Problem]:
    language = place[2]
    needed = language == FALLBACK or rule_shipped(place[1], language) or any(fields.values())
    return list(document_checks.rule(fields, language)) if needed else []
