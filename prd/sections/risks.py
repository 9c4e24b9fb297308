"""Risks: those of the topics, and those that this conversation shows."""

from prd.document import Item
from prd.draft import Draft, ref
from prd.needs import Need
from prd.sections import constraints, plan


def _item(draft: Draft, key: str, text: str, mitigation: str, chance: str, impact: str, linked: str, sources: tuple[int, ...] = ()) -> Item:
    assumed = (draft.assume("experience"),)
    return Item(
        key=f"risk.{key}",
        text=text,
        sources=sources,
        assumes=assumed,
        details=(
            draft.detail("likelihood", draft.label(chance), (), assumed),
            draft.detail("impact", draft.label(impact), (), assumed),
            draft.detail("mitigation", mitigation, (), assumed),
            draft.detail("linked", linked, (), assumed),
        ),
    )


def _of_topic(draft: Draft, need: Need) -> Item:
    text, mitigation, chance, impact = draft.voice.topics[need.topic]["risk"]
    it = draft.voice.topics[need.topic]["it"][0]
    filled = draft.voice.fill(text, it=it)
    return _item(draft, need.topic, filled[:1].upper() + filled[1:], draft.voice.fill(mitigation, it=it), chance, impact, ref(f"fr.{need.topic}.0"))


def _said(draft: Draft, name: str, chance: str, impact: str, linked: str, sources: tuple[int, ...] = (), **slots: str) -> Item:
    phase = plan.phase_name(draft, "discovery")
    mitigation = draft.voice.fill(draft.voice.frame["risks"][f"{name}_mitigation"], phase=phase, **slots)
    return _item(draft, name, draft.say(f"risks.{name}", phase=phase, **slots), mitigation, chance, impact, linked, sources)


def _triggered(draft: Draft) -> list[Item]:
    ground, figures = draft.ground, plan.estimate(draft)
    found = []
    systems = ground.entries("tech_stack")
    if systems:
        name = ground.words(systems[0], 6)
        linked = ref(f"fr.system.{str(systems[0].value).casefold()}")
        found.append(_said(draft, "legacy", "medium", "high", linked, ground.sources(systems[0]), system=name))
    date_entry, budget = ground.entry("timeline"), ground.entry("budget")
    if date_entry and figures.date in ("tight", "over"):
        chance = "high" if figures.date == "over" else "medium"
        words = constraints.timeline_words(draft)
        found.append(_said(draft, "deadline", chance, "high", draft.label("dates"), ground.sources(date_entry), quote=words))
    if budget and figures.budget in ("tight", "over"):
        chance = "high" if figures.budget == "over" else "medium"
        words = constraints.budget_words(draft)
        found.append(_said(draft, "budget", chance, "high", draft.label("effort"), ground.sources(budget), quote=words))
    if not ground.known("decision_maker"):
        question = draft.ask("decision_maker", until="no_decider")
        found.append(_said(draft, "owner", "medium", "high", ref(question), question=ref(question)))
    return found


def write(draft: Draft) -> list[Item]:
    goal = draft.written["goals"][0].key
    adoption = _said(draft, "adoption", "medium", "high", ref(goal), goal=ref(goal))
    return [*(_of_topic(draft, need) for need in draft.needs), *_triggered(draft), adoption]
