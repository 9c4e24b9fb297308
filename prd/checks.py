"""What an edited requirement text must keep to, so that any client's document written with it passes the lint."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice, product
from string import Formatter

from chat.taxonomy.checks import Problem, unsafe
from chat.taxonomy.edits import Fields
from prd.brief import Brief, Mention, Said
from prd.document import Document
from prd.evidence import CONTACT
from prd.ground import vague_pattern
from prd.lint import Finding, lint
from prd.outline import write
from prd.wording import ALTERNATIVES, Patterns, table

SLOTS = ("company", "clients", "client", "staff", "record", "discovery", "it")
LEVELS = ("low", "medium", "high")
LONGEST = 400
MOST_VARIANTS = 64
FEWEST_REQUIREMENTS = 2
OPEN = re.compile(r"\bT\.?B\.?[DA]\b|\bTODO\b|\bFIXME\b|\bXXX+\b|\?\?\?")
NUMBER_OR_STANDARD = re.compile(r"\d|\b[A-Z]{3,}\b")
QUESTION = re.compile(r"(?:[?？؟]|か。)\s*$")
# Fields of a topic that are measured by the lint: vague words are refused there.
MEASURED = ("goal", "measure", "fr", "nfr")
PARTS = {
    "fr": ("title", "sentence", "given", "when", "then"),
    "nfr": ("title", "sentence", "verified by"),
    "risk": ("risk", "mitigation", "likelihood", "impact"),
    "ask": ("question", "why it matters"),
}
NEEDED = ("name", "it", "insight", "goal", "measure", "scope", "out", "risk", "ask", "fr", "nfr")
SAMPLE_DAY = date(2026, 1, 12)


def variants(template: str) -> list[str]:
    """Every wording of a template: [a|b] taken each way."""
    parts = ALTERNATIVES.split(template)
    choices = [part.split("|") if at % 2 else [part] for at, part in enumerate(parts)]
    return ["".join(chosen) for chosen in islice(product(*choices), MOST_VARIANTS)]


def slots(template: str) -> list[str]:
    """The names between braces; ValueError when the braces do not pair."""
    parsed = Formatter().parse(template)
    return ["".join((n, f"!{how}" if how else "", f":{s}" if s else "")) for _, n, s, how in parsed if n is not None]


def _template(field: str, where: str, text: str) -> Iterator[Problem]:
    """What goes wrong in any text with slots and alternatives."""
    if not text.strip():
        yield Problem(field, f"{where} is empty.")
        return
    if len(text) > LONGEST:
        yield Problem(field, f"{where}: at most {LONGEST} letters.")
    try:
        unknown = [name for name in slots(text) if name not in SLOTS]
    except ValueError:
        unknown = []
        yield Problem(field, f"{where}: the braces do not pair.")
    if unknown:
        known = ", ".join(f"{{{name}}}" for name in SLOTS)
        yield Problem(field, f"{where}: {{{unknown[0]}}} is not filled in. Known are {known}.")
    if re.search(r"[\[\]|]", ALTERNATIVES.sub("", text)):
        yield Problem(field, f"{where}: write alternatives as [one|other], not one within another.")
    if any(not variant.strip() for match in ALTERNATIVES.finditer(text) for variant in match[1].split("|")):
        yield Problem(field, f"{where}: an alternative is empty.")
    if CONTACT.search(text):
        yield Problem(field, f"{where}: contact data does not belong into a document.")
    if OPEN.search(text):
        yield Problem(field, f"{where}: {OPEN.findall(text)[0]} is left to be filled in.")


def _requirement(field: str, where: str, sentence: str, language: str) -> Iterator[Problem]:
    """An EARS sentence: its subject, and the modal verb exactly once in every wording."""
    words = table(f"{language}/words")["modal"]
    modal = re.compile("|".join(words), re.I)
    counts = {len(modal.findall(variant)) for variant in variants(sentence)}
    if counts != {1}:
        shown = " / ".join(re.sub(r"\\b|\(\?:|[)?]", "", word).replace("|", "/") for word in words)
        yield Problem(field, f"{where}: say “{shown}” exactly once, also in every [alternative|variant].")
    if "{it}" not in sentence:
        yield Problem(field, f"{where}: name what is built by {{it}}.")


def _vague(field: str, where: str, text: str, language: str) -> Iterator[Problem]:
    pattern = vague_pattern(tuple(table(f"{language}/words")["vague"]))
    found = {match[0] for variant in variants(text) for match in pattern.finditer(variant)}
    for word in sorted(found):
        yield Problem(field, f"{where}: “{word}” cannot be tested. Say it with a number or a case.")


def _texts(texts: Fields) -> Iterator[tuple[str, str, str]]:
    """(field, where, text) of every template of a topic."""
    for field in ("insight", "goal", "measure"):
        yield field, "The text", str(texts.get(field, ""))
    for field in ("it", "scope", "out"):
        yield from ((field, f"Line {n}", text) for n, text in enumerate(texts.get(field, ()), 1))
    for field in ("nfr", "ask", "risk"):
        parts = zip(PARTS[field][: 2 if field == "risk" else 3], texts.get(field, ()), strict=False)
        yield from ((field, f"The {part}", text) for part, text in parts)
    for n, row in enumerate(texts.get("fr", ()), 1):
        yield from (("fr", f"Requirement {n}, {part}", text) for part, text in zip(PARTS["fr"], row, strict=False))


def pattern(texts: Fields, language: str) -> Iterator[Problem]:
    """The texts of one topic in one language."""
    missing = [field for field in NEEDED if not texts.get(field)]
    if missing:
        yield from (Problem(field, "This is needed as soon as one of the texts is written.") for field in missing)
        return
    for field, where, text in _texts(texts):
        yield from _template(field, where, text)
        if field in MEASURED:
            yield from _vague(field, where, text, language)
    for n, row in enumerate(texts["fr"], 1):
        yield from _requirement("fr", f"Requirement {n}", row[1], language)
    yield from _requirement("nfr", "The sentence", texts["nfr"][1], language)
    yield from _shape(texts)


def _shape(texts: Fields) -> Iterator[Problem]:
    if len(texts["fr"]) < FEWEST_REQUIREMENTS:
        yield Problem("fr", f"A document needs at least {FEWEST_REQUIREMENTS} requirements.")
    if not NUMBER_OR_STANDARD.search(texts["nfr"][1]):
        yield Problem("nfr", "Name a number with its unit, or a standard.")
    if not QUESTION.search(texts["ask"][0]):
        yield Problem("ask", "End the question with a question mark.")
    for level in texts["risk"][2:]:
        if level not in LEVELS:
            yield Problem("risk", f"Likelihood and impact are one of {', '.join(LEVELS)}.")
    yield from (Problem(field, "Write at least two lines.") for field in ("scope", "out") if len(texts[field]) < 2)


def rule(texts: Fields, language: str) -> Iterator[Problem]:
    """A law or standard as a quality requirement."""
    for field in ("law", "title", "text", "verify", "why"):
        yield from _template(field, "The text", str(texts.get(field, "")))
    text = str(texts.get("text", ""))
    yield from _requirement("text", "The sentence", text, language)
    yield from _vague("text", "The sentence", text, language)
    if not NUMBER_OR_STANDARD.search(text):
        yield Problem("text", "Name a number with its unit, or a standard.")


def trade(texts: Fields) -> Iterator[Problem]:
    """The words of one industry in one language."""
    for field in ("clients", "staff", "record"):
        if not texts.get(field):
            yield Problem(field, "At least one word is needed.")
    for pair in texts.get("clients", ()):
        if len(pair) != 2 or not all(pair):
            yield Problem("clients", "Write many and one, as in: patients | patient.")
    for alias in texts.get("aliases", ()):
        if reason := unsafe(alias):
            yield Problem("aliases", f"{alias}: {reason}")


def bindings(rules: Sequence[Sequence[object]], known: Sequence[str], places: Sequence[str]) -> Iterator[Problem]:
    """Which rules bind an industry, and where."""
    for name, where in rules:
        if name not in known:
            yield Problem("rules", f"There is no rule {name}.")
        if not isinstance(where, list) or not where or set(where) - set(places):
            yield Problem("rules", f"{name}: say where it binds, by {', '.join(places)}.")


def sample(topic: str, language: str, patterns: Patterns, seed: int = 0) -> tuple[Document, Brief]:
    """A document about one topic for somebody who only named it."""
    said = patterns.catalogue.topics[topic].labels[language] + "…" * seed
    mentions = (Mention(1, topic, 0, len(said)),)
    brief = Brief(
        language=language, version=1, created=SAMPLE_DAY, facts={}, messages=(Said(1, "user", said),),
        mentions=mentions, patterns=patterns,
    )  # fmt: skip
    return write(brief), brief


def findings(topic: str, language: str, patterns: Patterns, seeds: int = 3) -> list[Finding]:
    """What the lint says of documents about the topic; each seed takes other alternatives."""
    return [finding for seed in range(seeds) for finding in lint(*sample(topic, language, patterns, seed))]
