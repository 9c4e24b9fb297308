"""What would make a document better, though it breaks no rule: gaps, conflicts, long sentences, borrowed words."""

from collections.abc import Callable, Iterable, Iterator

from prd.document import Document
from prd.evidence import words
from prd.lint import Finding, shared_runs

MOST_WORDS = 60
MOST_SHARED = 0.4
GAPS = {
    "q.challenges": ("problem", "say what hurts today"),
    "q.success_criteria": ("success", "name a measure of success"),
    "q.budget": ("budget", "name a budget, or a range"),
    "q.timeline": ("date", "name the date that matters"),
    "q.decision_maker": ("decider", "say who decides"),
    "q.tech_stack": ("systems", "name the systems in use"),
    "q.cost": ("cost", "put the loss into hours or money"),
    "q.baseline": ("baseline", "measure how it is today"),
    "q.target": ("target", "set the value to reach"),
    "q.mended": ("unproven", "say it again in your own words: a statement could not be proven and was left out"),
}
CONFLICTS = {
    "risk.budget": ("over_budget", "budget and estimate do not fit"),
    "risk.deadline": ("over_time", "date and plan do not fit"),
}


def _told(document: Document, section: str, rules: dict[str, tuple[str, str]]) -> Iterator[Finding]:
    for item in document.section(section).standing:
        for start, (rule, hint) in rules.items():
            if item.key == start or item.key.startswith(f"{start}."):
                yield Finding(rule, section, item.id, 0, 0, hint)


def _long(document: Document) -> Iterator[Finding]:
    for section in document.sections:
        for item in section.standing if section.key not in ("sources", "changelog") else ():
            if (count := len(words(item.text))) > MOST_WORDS:
                yield Finding("long", section.key, item.id or item.key, 0, 0, f"{count} words: cut it in two")


def _shared(text: str, others: Iterable[str]) -> Iterator[Finding]:
    most = max((shared_runs(text, other) for other in others), default=0.0)
    if most > MOST_SHARED:
        hint = f"{most:.0%} of its five-word runs stand in another client's document: say more of this client"
        yield Finding("shared", "summary", "", 0, 0, hint)


def advice(document: Document, text: str, others: Callable[[], Iterable[str]]) -> list[Finding]:
    """Hints in the order of their weight; ``text`` is the document as Markdown, ``others`` those of other clients."""
    gaps = _told(document, "questions", GAPS)
    return [*gaps, *_told(document, "risks", CONFLICTS), *_long(document), *_shared(text, others())]
