"""Questions for every gap: missing core facts, doubtful ones, what the visitor asked, what the topics need."""

from prd.document import Item
from prd.draft import Draft, ref
from prd.evidence import fragment

CORE = {
    "challenges": ("no_challenge", "client"),
    "success_criteria": ("", "decider"),
    "budget": ("no_budget", "decider"),
    "timeline": ("no_timeline", "client"),
    "tech_stack": ("no_stack", "it"),
    "decision_maker": ("no_decider", "client"),
    "company": ("no_company", "client"),
    "industry": ("no_industry", "client"),
    "company_size": ("no_size", "client"),
    "name": ("", "client"),
}
DOUBTFUL = 0.6
MOST_ASKED = 4


def gaps(draft: Draft) -> None:
    """Asks for every core fact that is not known."""
    for slot, (until, who) in CORE.items():
        if not draft.ground.known(slot):
            draft.ask(slot, until=until, who=who, label=draft.main.label, users="20")


def doubts(draft: Draft) -> None:
    for slot, fact in draft.brief.facts.items():
        named = draft.voice.frame["slots"].get(slot)
        for entry in fact.entries if fact.known else ():
            if named and entry.confidence < DOUBTFUL and entry.status != "confirmed" and slot != "name":
                words = draft.quoted(entry, draft.ground.words(entry))
                draft.ask(
                    "doubt",
                    key=f"doubt.{slot}.{entry.value}",
                    sources=draft.ground.sources(entry),
                    slot=named,
                    quote=words,
                )


def _asked(draft: Draft) -> None:
    for clause in draft.ground.asked[:MOST_ASKED]:
        words = draft.quote(fragment(clause.text, limit=34))
        draft.ask(
            "asked", key=f"asked.{clause.message}.{clause.start}", who="expert", sources=(clause.message,), quote=words
        )


def _of_topics(draft: Draft) -> None:
    for need in draft.needs:
        texts = draft.voice.topics[need.topic]
        question, why = (draft.voice.fill(part, it=texts["it"][0]) for part in texts["ask"])
        draft.ask(
            "topic", key=f"topic.{need.topic}", who="staff", question=question, why=why, items=ref(f"fr.{need.topic}.0")
        )


def _feedback(draft: Draft) -> None:
    number = draft.brief.feedback
    said = [c for c in draft.ground.clauses if c.message == number and not c.question]
    for clause in said:
        words = draft.quote(fragment(clause.text, limit=34))
        draft.ask("feedback", key=f"feedback.{number}.{clause.start}", sources=(clause.message,), quote=words)


def complete(draft: Draft) -> None:
    """What the other sections have not asked yet."""
    gaps(draft)
    doubts(draft)
    _asked(draft)
    _feedback(draft)
    _of_topics(draft)


def write(draft: Draft) -> list[Item]:
    return ranked(draft)


def ranked(draft: Draft) -> list[Item]:
    """Core gaps first, then what the goals need, then the rest in the order of asking."""
    orders = [f"q.{slot}" for slot in CORE] + [
        "q.past",
        "q.cost",
        "q.baseline",
        "q.target",
        "q.doubt",
        "q.asked",
        "q.feedback",
    ]

    def place(item: Item) -> int:
        return next((n for n, prefix in enumerate(orders) if item.key.startswith(prefix)), len(orders))

    return sorted(draft.questions.values(), key=place)
