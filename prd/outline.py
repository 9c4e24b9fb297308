"""The document: a pure function of the brief and the patterns. The same brief always gives the same document."""

import hashlib
from collections.abc import Callable

from prd import needs as wanted
from prd.brief import Brief
from prd.document import PREFIXES, SECTIONS, Document, Item, Section
from prd.draft import Draft
from prd.evidence import numbers
from prd.ground import Ground
from prd.industry import industry
from prd.numbering import allot, numbered, revived, with_withdrawn
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


def draft_of(brief: Brief) -> Draft:
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
    return Draft(brief, voice, Ground(brief, voice), needs, trade)


def _withdrawal(draft: Draft) -> Callable[[Item], str]:
    refused = {topic for topic, _ in wanted.declined(draft.ground)}

    def reason(item: Item) -> str:
        name = "withdrawn_answered" if item.key.startswith(("q.", "a.")) else "withdrawn_fact"
        if any(f".{topic}" in item.key for topic in refused):
            name = "withdrawn_refused"
        label = str(draft.voice.frame["labels"]["withdrawn"])
        return label.format(version=draft.brief.version, reason=draft.voice.fill(draft.voice.frame["changelog"][name]))

    return reason


def _kept(brief: Brief, key: str) -> bool:
    return brief.previous is not None and key not in brief.sections and key not in COMPUTED


def _written(draft: Draft, tell: Callable[[str], None]) -> list[Section]:
    """All sections but sources and changelog, with keys where ids will stand."""
    for key, write in WRITERS.items():
        if key == "plan":
            questions.complete(draft)
        draft.written[key] = tuple(write(draft))
        tell(key)
    draft.written["questions"] = tuple(questions.write(draft))
    draft.written["assumptions"] = tuple(draft.assumptions.values())
    titles = draft.voice.frame["sections"]
    return [Section(key, titles[key], draft.written[key]) for key in SECTIONS if key in draft.written]


def _settled(draft: Draft, section: Section, ids: dict[str, str], reason: Callable[[Item], str]) -> Section:
    previous = draft.brief.previous
    if previous is not None and _kept(draft.brief, section.key):
        return previous.section(section.key)
    section = numbered(section, ids)
    return with_withdrawn(section, previous, reason) if section.key in PREFIXES else section


def _assumed(sections: list[Section]) -> set[str]:
    return {a for section in sections for item in section.standing for line in item.lines for a in line.assumes}


def _unheard(section: str) -> None:
    """Nobody listens."""


def write(brief: Brief, tell: Callable[[str], None] = _unheard) -> Document:
    """The document for the brief; a section that is not to be written anew is taken from the previous version.

    ``tell`` hears the key of each section once it is written.
    """
    draft = draft_of(brief)
    written = _written(draft, tell)
    ids, reason = allot(written, brief.previous), _withdrawal(draft)
    settled = [_settled(draft, section, ids, reason) for section in written]
    used = _assumed([section for section in settled if section.key != "assumptions"])
    settled = [revived(section, used) if section.key == "assumptions" else section for section in settled]
    titles = draft.voice.frame["sections"]
    settled.append(Section("sources", titles["sources"], tuple(sources.write(draft, settled))))
    settled.append(Section("changelog", titles["changelog"], tuple(changelog.write(draft, settled))))
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
