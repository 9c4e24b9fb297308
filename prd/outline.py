"""The document: a pure function of the brief and the patterns. The same brief always gives the same document."""

import hashlib
from collections.abc import Callable, Iterable, Sequence

from prd import needs as wanted
from prd.brief import Brief
from prd.document import PREFIXES, SECTIONS, Document, Item, Section
from prd.draft import Draft
from prd.evidence import numbers
from prd.ground import Ground
from prd.industry import industry
from prd.numbering import allot, earlier_items, numbered, revived, with_edited, with_withdrawn, withdrawn_by_staff
from prd.sections import (
    changelog,
    constraints,
    goals,
    plan,
    problem,
    qualities,
    questions,
    requirements,
    risks,
    scope,
    sources,
    steps,
    summary,
    users,
)
from prd.wording import Voice, supported

Writer = Callable[[Draft], list[Item]]
# In the order of need: a section may refer to those above it. The gaps are asked for before anything refers to them.
WRITERS: dict[str, Writer] = {
    "goals": goals.write,
    "problem": problem.write,
    "users": users.write,
    "in_scope": scope.inside,
    "out_of_scope": scope.outside,
    "fr": requirements.write,
    "nfr": qualities.write,
    "constraints": constraints.write,
    "plan": plan.write,
    "risks": risks.write,
    "summary": summary.write,
    "next": steps.write,
}
COMPUTED = ("assumptions", "questions", "sources", "changelog")


def voice_for(brief: Brief) -> Voice:
    """The seed is what the visitor said first, so that later facts do not reword the document."""
    language = supported(brief.language)
    first = next((said.text for said in brief.messages if said.role == "user"), "")
    return Voice(language, hashlib.sha256(first.encode()).hexdigest(), {}, brief.patterns)


def _addressed(ground: Ground) -> str:
    """The company's name; not one with digits, which would have to be cited wherever it stands."""
    company = ground.entry("company")
    name = ground.words(company, 6) if company else ""
    return "" if numbers(name) else name


def draft_of(brief: Brief, broken: frozenset[str] = frozenset()) -> Draft:
    plain = voice_for(brief)
    ground = Ground(brief, plain)
    trade = industry(ground)
    needs = wanted.needs(ground)
    it = plain.topics[needs[0].topic]["it"]
    slots = {
        "company": _addressed(ground) or str(plain.frame["client"]),
        "clients": trade.clients,
        "client": trade.client,
        "staff": trade.staff,
        "record": trade.record,
        "discovery": str(plain.frame["plan"]["discovery"]),
        "it": str(it[plain.pick(needs[0].topic, len(it))]),
    }
    voice = Voice(plain.language, plain.seed, slots, brief.patterns)
    return Draft(brief, voice, Ground(brief, voice), needs, trade, broken)


def _withdrawal(draft: Draft) -> Callable[[Item], str]:
    refused = {topic for topic, _ in wanted.declined(draft.ground)}

    def reason(item: Item) -> str:
        if any(f".{topic}" in item.key for topic in refused):
            return draft.withdrawn("refused")
        return draft.withdrawn("answered" if item.key.startswith(("q.", "a.")) else "fact")

    return reason


def _kept(brief: Brief, key: str) -> Section | None:
    """The section of the version before, where this one is not to be written anew."""
    return None if brief.previous is None or key in brief.sections else brief.previous.section(key)


def _written(draft: Draft, tell: Callable[[str], None]) -> list[Section]:
    """All sections but sources and changelog, with keys where ids will stand."""
    found: dict[str, tuple[Item, ...]] = {}
    gone = withdrawn_by_staff(draft.brief.previous)
    for key, write in WRITERS.items():
        if key == "plan":
            questions.complete(draft)
        fresh = _unbroken(draft, key, write(draft))
        before = _kept(draft.brief, key)
        draft.written[key] = tuple(item for item in fresh if not (item.withdrawn or item.key in gone)) or fresh
        found[key] = _unbroken(draft, key, before.items) if before else fresh
        tell(key)
    found["questions"] = tuple(questions.write(draft))
    found["assumptions"] = _needed(draft, found)
    return [Section(key, draft.section_title(key), found[key]) for key in SECTIONS if key in found]


def _needed(draft: Draft, found: dict[str, tuple[Item, ...]]) -> tuple[Item, ...]:
    """The assumptions that a statement rests on, by key or, in a section kept as it was, by id."""
    used = _assumed(item for items in found.values() for item in items)
    ids = {item.key: item.id for item in earlier_items(draft.brief.previous, "assumptions")}
    return tuple(item for key, item in draft.assumptions.items() if key in used or ids.get(key) in used)


def _unbroken(draft: Draft, section: str, items: Sequence[Item]) -> tuple[Item, ...]:
    """The items without those that break a rule: a numbered one stays listed. A section is never emptied."""
    broken = {item.key for item in items} & draft.broken
    if broken and len(broken) == len(items):
        broken.discard(items[0].key)
    kept = [draft.dropped(section, item) if item.key in broken else item for item in items]
    return tuple(item for item in kept if section in PREFIXES or item.key not in broken)


def _settled(draft: Draft, section: Section, ids: dict[str, str], reason: Callable[[Item], str]) -> Section:
    previous = draft.brief.previous
    section = with_edited(numbered(section, ids), previous, draft.broken)
    return with_withdrawn(section, previous, reason) if section.key in PREFIXES else section


def _assumed(items: Iterable[Item]) -> set[str]:
    return {a for item in items if not item.withdrawn for line in item.lines for a in line.assumes}


def unheard(section: str) -> None:
    """Nobody listens."""


def with_computed(draft: Draft, settled: list[Section]) -> list[Section]:
    """The sections with those that are computed from them: sources and changelog."""
    cited = Section("sources", draft.section_title("sources"), tuple(sources.write(draft, settled)))
    settled = [*settled, cited]
    return [*settled, Section("changelog", draft.section_title("changelog"), tuple(changelog.write(draft, settled)))]


def write(brief: Brief, tell: Callable[[str], None] = unheard, *, broken: frozenset[str] = frozenset()) -> Document:
    """The document for the brief; a section that is not to be written anew is taken from the previous version.

    ``tell`` hears the key of each section once it is written; ``broken`` items are left out and asked for.
    """
    draft = draft_of(brief, broken)
    written = _written(draft, tell)
    ids, reason = allot(written, brief.previous), _withdrawal(draft)
    settled = [_settled(draft, section, ids, reason) for section in written]
    used = _assumed(item for section in settled if section.key != "assumptions" for item in section.items)
    settled = [revived(section, used) if section.key == "assumptions" else section for section in settled]
    settled = with_computed(draft, settled)
    for key in COMPUTED:
        tell(key)
    by_key = {section.key: section for section in settled}
    return Document(
        title=draft.say("title", topics=draft.topics),
        language=draft.voice.language,
        version=brief.version,
        created=brief.created.isoformat(),
        status=brief.status,
        generator=str(draft.voice.frame["generator"]),
        prompt_version=brief.prompt_version,
        labels=draft.voice.frame["labels"],
        sections=tuple(by_key[key] for key in SECTIONS),
    )
