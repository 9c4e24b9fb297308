"""Next steps: what to answer first, whom to talk to, and how to approve."""

from prd.document import Item
from prd.draft import Draft, ref
from prd.sections import money, plan, questions

FIRST = ("q.budget", "q.timeline", "q.decision_maker", "q.challenges", "q.success_criteria", "q.tech_stack")


def _answer(draft: Draft) -> Item:
    known = [key for key in FIRST if key in draft.questions]
    keys = (known or [item.key for item in questions.ranked(draft)])[:3]
    bridges = tuple(dict.fromkeys(a for key in keys for a in draft.questions[key].assumes))
    text = draft.say("next.answer", questions=draft.voice.listed([ref(key) for key in keys]))
    return Item(key="next.answer", text=text, assumes=bridges)


def _experts(draft: Draft) -> list[Item]:
    assumed = (draft.assume("matching"),)
    if not draft.brief.experts:
        return [Item(key="next.experts", text=draft.say("next.experts_open", topics=draft.topics), assumes=assumed)]
    items = []
    for place, expert in enumerate(draft.brief.experts):
        slots = {"name": expert.name, "role": expert.role}
        text = (
            draft.say("next.expert", reasons="; ".join(expert.reasons), **slots)
            if expert.reasons
            else draft.say("next.expert_plain", **slots)
        )
        items.append(Item(key=f"next.expert.{place}", text=text, assumes=assumed))
    return items


def write(draft: Draft) -> list[Item]:
    goal, link = ref(draft.written["goals"][0].key), draft.brief.booking_url
    assumed = (draft.assume("matching"),)
    book = draft.say("next.book", link=link) if link else draft.say("next.book_open", goal=goal)
    start = plan.estimate(draft).schedule.start
    begin = draft.say(
        "next.start",
        phase=plan.phase_name(draft, "discovery"),
        date=money.day(draft.voice, start),
        decision=draft.voice.fill(draft.voice.frame["next"]["approved"]),
    )
    return [
        _answer(draft),
        *_experts(draft),
        Item(key="next.book", text=book, assumes=assumed),
        Item(key="next.approve", text=draft.say("next.approve"), assumes=plan.basis(draft)[:1]),
        Item(key="next.start", text=begin, assumes=plan.basis(draft)[1:2]),
    ]
