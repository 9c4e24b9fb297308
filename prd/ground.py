"""What is known, in quotable form: facts with the message they rest on, and the visitor's clauses sorted by kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from chat.consultant.ledger import Entry
from prd.brief import Brief
from prd.evidence import Clause, beginning, clauses, fragment, masked, numbers, words
from prd.wording import Voice

QUOTE_WORDS = 24
PRIVATE = ("email", "phone")
PARTICLES = frozenset("وفبكلا")
TERMS = ("tech_stack", "company", "industry", "stakeholders")


@cache
def pattern(alternatives: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{a})" for a in alternatives), re.I)


@cache
def vague_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Whole words; for scripts without spaces between words, anywhere."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![^\W_]){re.escape(w)}(?![^\W_])" if w.isascii() else _loose(w) for w in ordered), re.I
    )


def _loose(word: str) -> str:
    spaced = not re.search(r"[ぁ-ヺ一-龯]", word)
    return rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" if spaced else re.escape(word)


def aim_key(entry: Entry) -> str:
    """Names the same goal in every version: its first words."""
    return "g." + "-".join(re.findall(r"\w+", str(entry.value).casefold())[:8])


@dataclass(frozen=True)
class Ground:
    """Reads a brief on behalf of every section."""

    brief: Brief
    voice: Voice

    def matches(self, name: str, text: str) -> bool:
        return bool(pattern(tuple(self.voice.words[name])).search(text))

    @cached_property
    def vague(self) -> re.Pattern[str]:
        return vague_pattern(tuple(self.voice.words["vague"]))

    @cached_property
    def texts(self) -> dict[int, str]:
        return {said.number: said.text for said in self.brief.messages if said.role == "user"}

    @cached_property
    def private(self) -> list[str]:
        facts = [self.brief.facts[slot] for slot in PRIVATE if slot in self.brief.facts]
        return [
            word
            for fact in facts
            for e in fact.entries
            for word in (str(e.value or ""), e.quote)
            if "@" in word or any(c.isdigit() for c in word)
        ]

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses(
            self.brief.messages,
            breaks=self.voice.words["breaks"],
            private=self.private,
            abbreviations=self.voice.words["abbreviations"],
        )

    def entries(self, slot: str) -> list[Entry]:
        fact = self.brief.facts.get(slot)
        return [e for e in fact.entries if _says_something(self.words(e))] if fact and fact.known else []

    @cached_property
    def challenges(self) -> list[Entry]:
        """What hurts, the plainest pain first; what only says who the visitor is counts if there is nothing else."""
        ranked = sorted(self.entries("challenges"), key=self._pain, reverse=True)
        telling = [e for e in ranked if self._pain(e) > 0 or (self._pain(e) == 0 and len(words(self.clause_of(e))) > 5)]
        return telling or ranked

    @cached_property
    def aims(self) -> list[Entry]:
        """Measures of success; one that only says what holds today is a baseline and no aim."""
        stated = [part for entry in self.entries("success_criteria") for part in self._measures(entry)]
        wanted = [e for e in stated if not self.matches("today", e.quote) or len(numbers(e.quote)) > 1]
        # Two that begin alike are one, in the wording that came first.
        return list({aim_key(e): e for e in reversed(wanted or stated)}.values())[::-1]

    def _pain(self, entry: Entry) -> int:
        clause = Clause(entry.message or 0, self.clause_of(entry), entry.start, entry.end)
        topical = any(m.message == entry.message and clause.covers(m.start, m.end) for m in self.brief.mentions)
        hurts = self.matches("loss", clause.text) or self.matches("stative", clause.text)
        who = self.used_up(clause, ("company_size", "name", "company", "industry"))
        return 2 * hurts + topical + bool(numbers(clause.text)) - 3 * who

    def _measures(self, entry: Entry) -> list[Entry]:
        """An entry that joins measures ("no-shows to 6%, and under 2 hours a day") as one entry each."""
        cuts = [match.span() for match in pattern(tuple(self.voice.words["joins"])).finditer(entry.quote)]
        starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(entry.quote)]
        parts = [entry.quote[start:end] for start, end in zip(starts, ends, strict=True)]
        if (
            len(parts) < 2
            or not self.sources(entry)
            or not all(numbers(part) and len(words(part)) > 2 for part in parts)
        ):
            return [entry]
        at = [entry.start + start for start in starts]
        return [
            replace(entry, value=part, quote=part, start=start, end=start + len(part))
            for part, start in zip(parts, at, strict=True)
        ]

    def entry(self, slot: str) -> Entry | None:
        return self.entries(slot)[-1] if self.entries(slot) else None

    def known(self, slot: str) -> bool:
        return bool(self.entries(slot))

    def sources(self, entry: Entry) -> tuple[int, ...]:
        """The message that holds the entry's words; empty when it was typed into the list of facts."""
        text = self.texts.get(entry.message or 0, "")
        return (entry.message,) if entry.message and entry.quote and entry.quote in text else ()

    def edited(self, entry: Entry) -> bool:
        return not self.sources(entry)

    def words(self, entry: Entry, limit: int = QUOTE_WORDS, *, plain: bool = False) -> str:
        """The entry in the visitor's words; ``plain`` leaves out words too vague for a requirement."""
        text = self._term(entry) or (self._whole(entry) if self.sources(entry) else _plain_value(entry.value))
        lines = [line for line in masked(text, self.private).splitlines() if line.strip()]
        longest = max(lines, key=len, default="")
        around = _first_number(longest)
        return fragment(longest, limit=limit, avoid=self.vague if plain else None, around=around)

    def _term(self, entry: Entry) -> str:
        """The bare term where the ledger's value is itself what was said: a system, a company, a trade."""
        value = entry.value if isinstance(entry.value, str) and entry.slot in TERMS else ""
        text = self.texts.get(entry.message or 0, "")
        return value if value and value in text and not set(words(value)).isdisjoint(words(text)) else ""

    def _whole(self, entry: Entry) -> str:
        """The quote with the Arabic particles that are written in one word with it ("and", "the", "with the")."""
        text, start = self.texts[entry.message or 0], entry.start
        if text[entry.start : entry.end] != entry.quote:
            return entry.quote
        while start > 0 and text[start - 1] in PARTICLES:
            start -= 1
        stands_alone = start == 0 or not text[start - 1].isalnum()
        return text[start : entry.end] if stands_alone else entry.quote

    def clause_of(self, entry: Entry) -> str:
        """The whole clause in which the entry was said, for a quotation that can stand alone."""
        whole = [c.text for c in self.clauses if c.message == entry.message and c.covers(entry.start, entry.end)]
        return fragment(whole[0], limit=34) if whole and self.sources(entry) else self.words(entry, 34)

    def said(self, term: str) -> tuple[int, ...]:
        """The first message of the visitor that contains the term."""
        found = [n for n, text in self.texts.items() if re.search(beginning(term) + re.escape(term), text, re.I)]
        return tuple(found[:1])

    def used_up(self, clause: Clause, slots: Sequence[str]) -> bool:
        """Whether the clause was already read as one of these facts."""
        standing = [e for slot in slots if slot in self.brief.facts for e in self.brief.facts[slot].entries]
        return self._holds(clause, standing)

    def superseded(self, clause: Clause) -> bool:
        """Whether the clause was corrected or taken back later, and nothing of it stands."""
        standing = [e for fact in self.brief.facts.values() for e in fact.entries]
        return self._holds(clause, self.brief.superseded) and not self._holds(clause, standing)

    def _holds(self, clause: Clause, entries: Iterable[Entry]) -> bool:
        return any(
            e.message == clause.message and e.quote and clause.covers(e.start, max(e.end, e.start + 1)) for e in entries
        )

    @cached_property
    def refusals(self) -> list[Clause]:
        """Clauses that rule something out."""
        return [c for c in self.clauses if self._refuses(c)]

    def _refuses(self, clause: Clause) -> bool:
        if (
            clause.question
            or self.superseded(clause)
            or self.used_up(clause, ("timeline", "budget", "company_size"))
            or not self.matches("negation", clause.text)
        ):
            return False
        reported = self.matches("stative", clause.text) or self.matches("lacking", clause.text)
        complained = self.used_up(clause, ("challenges", "success_criteria"))
        return self.matches("refusal", clause.text) or not (reported or complained)

    @cached_property
    def lacks(self) -> list[Clause]:
        return [
            c for c in self.clauses if c not in self.refusals and self.matches("lacking", c.text) and not c.question
        ]

    @cached_property
    def figures(self) -> list[Clause]:
        """Clauses with numbers that are no budget, date, size or success measure."""
        taken = (
            "budget",
            "timeline",
            "company_size",
            "success_criteria",
            "challenges",
            "email",
            "phone",
            "name",
            "tech_stack",
        )
        return [
            c
            for c in self.clauses
            if numbers(c.text) and not self.used_up(c, taken) and c not in self.refusals and not self._known_twice(c)
        ]

    def _known_twice(self, clause: Clause) -> bool:
        """Whether the clause was corrected later, or only says again what stands."""
        standing = [e.quote for fact in self.brief.facts.values() for e in fact.entries if e.quote]
        return self.superseded(clause) or any(quote in clause.text for quote in standing)

    @cached_property
    def wishes(self) -> list[Clause]:
        taken = (
            "budget",
            "timeline",
            "success_criteria",
            "challenges",
            "exclusions",
            "decision_maker",
            "email",
            "name",
            "stakeholders",
        )
        return [c for c in self.clauses if self._wished(c) and not self.used_up(c, taken)]

    def _wished(self, clause: Clause) -> bool:
        """A need in so many words."""
        return self.matches("wish", clause.text) and not (clause.question or clause in self.refusals)

    @cached_property
    def asked(self) -> list[Clause]:
        return [c for c in self.clauses if c.question]


def _says_something(words: str) -> bool:
    """More than a single Latin letter, which is a slip of the finger and cannot be told from an article."""
    return len(words) > 1 or words.isdecimal() or not words.isascii()


def _plain_value(value: object) -> str:
    if isinstance(value, dict):
        parts = [
            value.get("text"),
            value.get("name"),
            value.get("min"),
            value.get("max"),
            value.get("currency"),
            value.get("date"),
        ]
        return " – ".join(str(part) for part in parts if part not in (None, ""))
    return str(value)


def _first_number(text: str) -> tuple[int, int] | None:
    match = re.search(r"\d", text)
    return match.span() if match else None
