"""What an edited topic must keep to, so that it can be found and does not take another's words."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chat.taxonomy.catalogue import Topic, cue, split
from chat.taxonomy.edits import Fields
from chat.taxonomy.index import Index, LanguageIndex, variants
from chat.taxonomy.words import fold, has_japanese, japanese_folded, words

SERVICES = ("AI Strategy", "Custom Development", "Data Intelligence")
LONGEST_PHRASE = 60
MOST_PHRASES = 80
LEAST_OF_A_STORY, LONGEST_STORY = 8, 300
MOST_DAYS = 400
WIDEST = 5
SHORTEST = 2


class Problem(NamedTuple):
    """What is wrong with a field, in words for the person who wrote it."""

    field: str
    message: str


def general(key: str, fields: Fields, index: Index) -> Iterator[Problem]:
    """What holds in every language: service, effort, neighbours, cues, and the topic it is like."""
    topics = index.catalogue.topics
    if fields.get("service") not in SERVICES:
        yield Problem("service", f"Choose one of {', '.join(SERVICES)}.")
    yield from _effort(fields.get("effort", ()))
    for other, nearness in fields.get("neighbours", {}).items():
        if other == key:
            yield Problem("neighbours", "A topic is no neighbour of itself.")
        elif other not in topics:
            yield Problem("neighbours", f"There is no topic {other}.")
        if not 0 < nearness < 1:
            yield Problem("neighbours", f"{other}: say how near it is by a number between 0 and 1.")
    for text in fields.get("cues", ()):
        yield from _cue(text, index)
    like = fields.get("like", "")
    if like and (like == key or like not in topics or topics[like].like):
        yield Problem("like", "Choose a topic that has requirements of its own.")


def _effort(days: Sequence[int]) -> Iterator[Problem]:
    if len(days) != 2 or not 1 <= days[0] <= days[1] <= MOST_DAYS:
        yield Problem("effort", f"Give the least and the most person-days, the smaller first, from 1 to {MOST_DAYS}.")
    elif days[1] > WIDEST * days[0]:
        yield Problem("effort", f"A range wider than 1 to {WIDEST} says nothing: narrow it or split the topic.")


def _cue(text: str, index: Index) -> Iterator[Problem]:
    known = index.catalogue.lexicons["en"].concepts
    try:
        read = cue(text)
    except ValueError:
        yield Problem("cues", f"{text}: write concepts, and at the end a weight such as 0.6.")
        return
    unknown = sorted(read.concepts - known.keys())
    if not read.concepts or unknown:
        yield Problem("cues", f"{text}: there is no concept {', '.join(unknown) or 'in it'}.")
    if not 0 < read.weight <= 1:
        yield Problem("cues", f"{text}: a weight is above 0 and at most 1.")


def phrases(key: str, language: str, fields: Fields, before: Fields, index: Index) -> Iterator[Problem]:
    """What is said in one language. ``before`` is the entry as it stood: what it had, it may keep."""
    said = {name: split(fields.get(name, "")) for name in ("aliases", "hints", "contexts", "pains")}
    if language == "en" and not fields.get("label"):
        yield Problem("label", "The English label is needed: it stands in for languages without one.")
    if language == "en" and not said["aliases"]:
        yield Problem("aliases", "Without an alias in English nobody's words would ever find the topic.")
    for name, listed in said.items():
        yield from _listed(name, listed)
    yield from _told(fields.get("stories", ()))
    yield from (Problem("pains", f"{p} is not among the aliases.") for p in said["pains"] if p not in said["aliases"])
    for alias in said["aliases"]:
        if alias not in split(before.get("aliases", "")):
            yield from _alias(alias, key, language, index)


def _listed(name: str, listed: Sequence[str]) -> Iterator[Problem]:
    if len(listed) > MOST_PHRASES:
        yield Problem(name, f"At most {MOST_PHRASES}: these are {len(listed)}.")
    yield from (Problem(name, f"{p}: at most {LONGEST_PHRASE} letters.") for p in listed if len(p) > LONGEST_PHRASE)
    yield from (Problem(name, f"{twice} stands here twice.") for twice in _doubles(listed))


def _told(stories: Sequence[str]) -> Iterator[Problem]:
    least, most = LEAST_OF_A_STORY, LONGEST_STORY
    wrong = (story for story in stories if not least <= len(story) <= most)
    yield from (Problem("stories", f"{s[:LONGEST_PHRASE]}: a sentence has {least} to {most} letters.") for s in wrong)


def _doubles(listed: Sequence[str]) -> list[str]:
    folded = [fold(phrase) for phrase in listed]
    return [phrase for at, phrase in enumerate(listed) if folded[at] in folded[:at]]


def _alias(alias: str, key: str, language: str, index: Index) -> Iterator[Problem]:
    """English is read beside every language, so its topics count too."""
    lexicon = index.catalogue.lexicons[language]
    if len(alias) < SHORTEST or (all(w.folded in index.stopwords[language] for w in words(alias)) and words(alias)):
        yield Problem("aliases", f"{alias} stands in too many texts to tell of a topic.")
    if fold(alias) in {fold(phrase) for phrase in lexicon.ignore}:
        yield Problem("aliases", f"{alias} is a phrase that means something else and is passed over.")
    for code in dict.fromkeys((language, "en")):
        for owner in sorted(owners(alias, index.languages[code]) - {key}):
            yield Problem("aliases", f"{alias} already stands for {_named(index.catalogue.topics[owner], language)}.")


def _named(topic: Topic, language: str) -> str:
    return f"{topic.labels[language]} ({topic.key})"


def owners(phrase: str, index: LanguageIndex) -> set[str]:
    """The topics that have the phrase among their aliases, in any inflection."""
    if has_japanese(phrase):
        folded = japanese_folded(phrase)[0]
        found = [signs for written, signs in index.characters.get(folded[:1], ()) if written == folded]
    else:
        forms = variants(words(phrase), index.language)
        found = [entry.signs for form in forms for entry in index.entries.get(form[0], ()) if entry.stems == form]
    return {sign.key for signs in found for sign in signs if sign.kind == "alias"}


def unsafe(words: str) -> str:
    """Why words for a search must not be used; empty when they may. Repetition could stall a server."""
    if not words.strip() or len(words) > 80:
        return "between 1 and 80 letters."
    if re.search(r"[*+{}^$]|\\[^bw]", words):
        return "only letters, spaces, ? and (one|other) may stand here."
    try:
        found = re.compile(words)
    except re.error:
        return "the brackets do not pair."
    return "this is found in every text." if found.search("") else ""
