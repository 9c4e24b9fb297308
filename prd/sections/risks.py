"""Risks: those of the topics, and those that this conversation shows."""

from collections.abc import Iterator

from prd.document import Item
from prd.draft import Draft, ref
from prd.needs import Need
from prd.sections import constraints, plan
from prd.wording import capital


def _item(draft: Draft, key: str, text: str, sources: tuple[int, ...] = (), **parts: str) -> Item:
    """``parts``: likelihood, impact, mitigation, linked."""
    assumed = (draft.assume("experience"),)
    details = tuple(draft.detail(name, part, (), assumed) for name, part in parts.items())
    return Item(key=f"risk.{key}", text=text, sources=sources, assumes=assumed, details=details)


def _of_topic(draft: Draft, need: Need) -> Item:
    texts = draft.voice.topics[need.topic]
    text, mitigation, chance, impact = texts["risk"]
    it = texts["it"][0]
    return _item(
        draft,
        need.topic,
        capital(draft.voice.fill(text, it=it)),
        likelihood=draft.label(chance),
        impact=draft.label(impact),
        mitigation=draft.voice.fill(mitigation, it=it),
        linked=ref(f"fr.{need.topic}.0"),
    )


def _shown(
    draft: Draft, name: str, linked: str, *, chance: str = "medium", sources: tuple[int, ...] = (), **slots: str
) -> Item:
    """A risk of the frame, with high impact."""
    slots["phase"] = plan.phase_name(draft, "discovery")
    return _item(
        draft,
        name,
        draft.say(f"risks.{name}", **slots),
        sources,
        likelihood=draft.label(chance),
        impact=draft.label("high"),
        mitigation=draft.voice.fill(draft.voice.frame["risks"][f"{name}_mitigation"], **slots),
        linked=linked,
    )


def _triggered(draft: Draft) -> Iterator[Item]:
    ground, figures = draft.ground, plan.estimate(draft)
    in_plan = str(draft.voice.frame["sections"]["plan"])
    for entry in ground.entries("tech_stack")[:1]:
        linked = ref(f"fr.system.{str(entry.value).casefold()}")
        yield _shown(draft, "legacy", linked, sources=ground.sources(entry), system=ground.words(entry, 6))
    date, budget = ground.entry("timeline"), ground.entry("budget")
    if date and figures.timing in ("tight", "over"):
        chance = "high" if figures.timing == "over" else "medium"
        words = constraints.timeline_words(draft)
        yield _shown(draft, "deadline", in_plan, chance=chance, sources=ground.sources(date), quote=words)
    if budget and figures.budget in ("tight", "over"):
        chance = "high" if figures.budget == "over" else "medium"
        words = constraints.budget_words(draft)
        yield _shown(draft, "budget", in_plan, chance=chance, sources=ground.sources(budget), quote=words)
    if not ground.known("decision_maker"):
        question = draft.ask("decision_maker", until="no_decider")
        yield _shown(draft, "owner", ref(question), question=ref(question))


def write(draft: Draft) -> list[Item]:
    goal = ref(draft.written["goals"][0].key)
    adoption = _shown(draft, "adoption", goal, goal=goal)
    return [*(_of_topic(draft, need) for need in draft.needs), *_triggered(draft), adoption]
