"""The hard rules of the document, as checks with places and hints. A version is saved only when none is broken.

The words of a language (vague ones, the modal verb, negations) are data in patterns/<language>/words.toml.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from prd.brief import Brief
from prd.document import PREFIXES, SECTIONS, Detail, Document, Item, Line, Section
from prd.evidence import CONTACT, Clause, masked, numbers, words
from prd.ground import Ground
from prd.wording import Voice

PLACEHOLDER = re.compile(
    r"\bT\.?B\.?[DA]\b|\bTODO\b|\bFIXME\b|\bXXX+\b|[{}⟦⟧]|\blorem ipsum\b|\bN/A\b|\bundefined\b|\bNone\b|\bnull\b"
    r"|\?\?\?|<[A-Za-z_ ]+>"
)
IDS = re.compile(r"\b(?:NFR|FR|G|R|A|Q)-\d+\b|\[m\d+\]|\bv\d+\b")
ELLIPSIS = " … "
MEASURED = ("goals", "fr", "nfr")
MOST_SUMMARY_WORDS = 160
LEAST = {"sources": 0, "in_scope": 3, "out_of_scope": 2, "goals": 1, "fr": 3, "nfr": 1, "risks": 1, "questions": 1}
PARTS = {
    "goals": ("baseline", "target", "when", "measured"),
    "users": ("need", "part"),
    "fr": ("priority", "goal", "source", "acceptance"),
    "nfr": ("verify",),
    "risks": ("likelihood", "impact", "mitigation", "linked"),
    "assumptions": ("why", "confirm", "wrong"),
    "questions": ("why", "who", "blocks"),
}


Place = tuple[Section, Item, Line]


@dataclass(frozen=True, slots=True)
class Finding:
    """A broken rule at [start, end) of a text of ``item`` (its id, else its key) in ``section``, with what to do.

    ``part`` is the name of the detail whose text it is; empty for the statement itself.
    """

    rule: str
    section: str
    item: str
    start: int
    end: int
    hint: str
    part: str = ""


@dataclass(frozen=True)
class Check:
    """What the rules look at."""

    document: Document
    brief: Brief

    @cached_property
    def voice(self) -> Voice:
        return Voice(self.document.language, "", {})

    @cached_property
    def texts(self) -> dict[int, str]:
        return {said.number: said.text for said in self.brief.messages}

    @cached_property
    def ground(self) -> Ground:
        return Ground(self.brief, self.voice)

    @cached_property
    def stop(self) -> frozenset[str]:
        return frozenset(self.voice.words["stop"])

    def lines(self, *keys: str) -> Iterator[Place]:
        """Every standing statement of the sections; of all but the changelog without keys."""
        for section in self.document.sections:
            if section.key in keys or (not keys and section.key != "changelog"):
                yield from ((section, item, line) for item in section.standing for line in item.lines)

    def quotations(self, line: Line) -> Iterator[re.Match[str]]:
        opening, closing = (re.escape(mark) for mark in self.voice.frame["quotes"])
        return re.finditer(f"{opening}(.*?){closing}", line.text, re.S)


def _at(rule: str, place: Place, hint: str, *span: int) -> Finding:
    """A finding at ``span`` (start, end) of the line; without one, on the whole."""
    section, item, line = place
    start, end = span or (0, 0)
    part = line.name if isinstance(line, Detail) else ""
    return Finding(rule, section.key, item.id or item.key, start, end, hint, part)


def _numbers(check: Check) -> Iterator[Finding]:
    for section, item, line in check.lines():
        if line.assumes or item.id.startswith("A-") or section.key == "sources":
            continue
        said = {n for source in line.sources for n in numbers(check.texts.get(source, ""))}
        for number in sorted(numbers(IDS.sub("", line.text)) - said):
            at = max(0, line.text.find(number))
            hint = f"{number}: cite the message that says it, or mark it as an assumption"
            yield _at("number", (section, item, line), hint, at, at + len(number))


def _quotes(check: Check) -> Iterator[Finding]:
    said = [text for number, text in check.texts.items()]
    for place in check.lines():
        line = place[-1]
        places = [check.texts.get(source, "") for source in line.sources] or said
        for found in check.quotations(line):
            if not any(_said_so(found[1], text) for text in places):
                yield _at("quote", place, f"not said so: {found[1]}", *found.span(1))


def _said_so(quoted: str, text: str) -> bool:
    """Word for word; where an ellipsis leaves words out, piece by piece in their order."""
    at = 0
    for piece in quoted.split(ELLIPSIS):
        at = text.find(piece, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _shared_words(check: Check) -> Iterator[Finding]:
    for place in check.lines():
        line = place[-1]
        own = (set(words(line.text)) - check.stop) | {w for found in check.quotations(line) for w in words(found[1])}
        for source in line.sources:
            if source not in check.texts:
                yield _at("source", place, f"there is no message {source}")
            elif not _share(check, own, line, check.texts[source]):
                hint = f"shares no word with message {source}; cite another or an assumption"
                yield _at("source", place, hint)


def _share(check: Check, own: set[str], line: Line, said: str) -> bool:
    """A message of small words alone ("A") is cited by those."""
    told = set(words(said))
    return bool(own & told or (not told - check.stop and told & set(words(line.text))))


def _polarity(check: Check) -> Iterator[Finding]:
    refusals = check.ground.refusals
    outside = [line.text for _, _, line in check.lines("out_of_scope")]
    for clause in refusals:
        if not any(_quoted_in(check, clause, text) for text in outside):
            yield Finding("polarity", "out_of_scope", "", 0, 0, f"missing what was ruled out: {clause.text}")
    for place in check.lines("in_scope", "fr", "out_of_scope"):
        line = place[-1]
        for clause in refusals:
            if any(q[1] in clause.text and len(words(q[1])) > 2 for q in check.quotations(line)) and not _quoted_in(
                check, clause, line.text
            ):
                yield _at("polarity", place, f"turns a no into a yes: {clause.text}")


def _quoted_in(check: Check, clause: Clause, text: str) -> bool:
    """Whether the text quotes the clause with its negation."""
    line = Line(text)
    said = [q[1] for q in check.quotations(line) if q[1] in clause.text]
    return any(check.ground.matches("negation", q) for q in said)


def _contacts(check: Check) -> Iterator[Finding]:
    private = [word for word in check.ground.private if len(word) > 3]
    for section in check.document.sections:
        for item in section.items:
            for line in (*item.lines, Line(item.title)):
                found = CONTACT.search(line.text)
                if found or any(word.casefold() in line.text.casefold() for word in private):
                    start, end = found.span() if found else (0, len(line.text))
                    hint = "contact data does not belong into the document"
                    yield _at("contact", (section, item, line), hint, start, end)


def _vague(check: Check) -> Iterator[Finding]:
    for place in check.lines(*MEASURED):
        for found in check.ground.vague.finditer(place[-1].text):
            yield _at("vague", place, f"{found[0]}: say it with a number or a case that can be tested", *found.span())


def _ids(check: Check) -> Iterator[Finding]:
    for section in check.document.sections:
        if section.key in PREFIXES:
            stated = [item.id for item in section.items]
            due = [int(name.rsplit("-", 1)[-1]) for name in stated if name.startswith(PREFIXES[section.key])]
            if due != list(range(1, len(stated) + 1)):
                yield Finding("ids", section.key, "", 0, 0, f"ids must run from one without gaps: {', '.join(stated)}")


def _known_references(check: Check) -> Iterator[Finding]:
    standing = {item.id for section in check.document.sections for item in section.standing if item.id}
    for place in check.lines():
        _, item, line = place
        for name in line.assumes:
            if name not in standing:
                yield _at("reference", place, f"{name} does not stand")
        if not (line.sources or line.assumes) and line is item:
            yield _at("reference", place, "cite a message or an assumption")


def _placeholders(check: Check) -> Iterator[Finding]:
    opening, closing = (re.escape(mark) for mark in check.voice.frame["quotes"])
    quoted = re.compile(f"{opening}.*?{closing}", re.S)
    for place in check.lines():
        line = place[-1]
        for found in PLACEHOLDER.finditer(quoted.sub(lambda m: " " * len(m[0]), line.text)):
            if not any(found[0] in said for said in check.texts.values()):
                yield _at("placeholder", place, f"fill in {found[0]}", *found.span())
        if not line.text.strip():
            yield _at("placeholder", place, "an empty statement")


def _modal(check: Check) -> Iterator[Finding]:
    modal = re.compile("|".join(check.voice.words["modal"]), re.I)
    for section in check.document.sections:
        for item in section.standing if section.key in ("fr", "nfr") else ():
            count = len(modal.findall(_unquoted(check, item)))
            if count != 1:
                hint = f"a requirement says “{check.voice.words['modal'][0]}” once, not {count} times"
                yield _at("modal", (section, item, item), hint)


def _unquoted(check: Check, line: Line) -> str:
    text = line.text
    for found in check.quotations(line):
        text = text.replace(found[0], "")
    return text


def _parts(check: Check) -> Iterator[Finding]:
    for section in check.document.sections:
        for item in section.standing:
            missing = [name for name in PARTS.get(section.key, ()) if not item.detail(name)]
            if missing:
                yield _at("parts", (section, item, item), f"without {', '.join(missing)}")
    for place in check.lines("nfr"):
        _, item, line = place
        if line is item and not (re.search(r"\d", line.text) or re.search(r"\b[A-Z]{3,}\b", line.text)):
            yield _at("parts", place, "name a number with its unit, or a standard")


def _counts(check: Check) -> Iterator[Finding]:
    for key in SECTIONS:
        section = check.document.section(key)
        if len(section.standing) < LEAST.get(key, 1):
            yield Finding("count", key, "", 0, 0, f"at least {LEAST.get(key, 1)}")
    phases = [item for item in check.document.section("plan").standing if item.detail("effort")]
    if len(phases) < 3:
        yield Finding("count", "plan", "", 0, 0, "at least three phases")
    summary = sum(len(item.text.split()) for item in check.document.section("summary").standing)
    if summary > MOST_SUMMARY_WORDS:
        yield Finding("count", "summary", "", 0, 0, f"{summary} words, at most {MOST_SUMMARY_WORDS}")


RULES: tuple[Callable[[Check], Iterable[Finding]], ...] = (
    _numbers,
    _quotes,
    _shared_words,
    _polarity,
    _contacts,
    _vague,
    _ids,
    _known_references,
    _placeholders,
    _modal,
    _parts,
    _counts,
)


def lint(document: Document, brief: Brief) -> list[Finding]:
    """Every broken rule, given what the document was written from."""
    check = Check(document, brief)
    return [finding for rule in RULES for finding in rule(check)]


def runs(text: str, length: int = 5) -> set[tuple[str, ...]]:
    """The runs of so many words in a text, without references."""
    token = words(IDS.sub(" ", masked(text)))
    return {tuple(token[n : n + length]) for n in range(len(token) - length + 1)}


def shared_runs(text: str, other: str) -> float:
    """The share of the text's five-word runs that stand in the other one too."""
    own = runs(text)
    return len(own & runs(other)) / len(own) if own else 0.0
