"""Quality requirements: each with a number and unit or a named standard, and how it is verified."""

from prd.document import Item
from prd.draft import Draft, ref
from prd.industry import Rule
from prd.needs import Need
from prd.sections import money
from prd.wording import capital

MOST_RULES = 3


def _item(
    draft: Draft, key: str, *, title: str, text: str, verify: str, assumed: str, sources: tuple[int, ...] = ()
) -> Item:
    return Item(
        key=key,
        title=title,
        text=text,
        sources=sources,
        assumes=(assumed,),
        details=(draft.detail("verify", verify, (), (assumed,)),),
    )


def _of_topic(draft: Draft, need: Need) -> Item:
    texts, key = draft.voice.topics[need.topic], f"nfr.{need.topic}"
    it = texts["it"][draft.voice.pick(need.topic, len(texts["it"]))]
    title, text, verify = (draft.voice.fill(part, it=it) for part in texts["nfr"])
    assumed = draft.assume("quality", key=key, title=title, item=ref(key), label=need.label)
    return _item(draft, key, title=title, text=capital(text), verify=verify, assumed=assumed)


def _of_rule(draft: Draft, rule: Rule) -> Item:
    key = f"nfr.rule.{rule.key}"
    why, text, verify = (draft.voice.fill(part) for part in (rule.why, rule.text, rule.verify))
    assumed = draft.assume("law", key=f"law.{rule.key}", law=rule.law, why=why, item=ref(key))
    if not rule.sure:
        draft.ask("law", key=f"law.{rule.key}", who="law", law=rule.law, items=ref(key))
    title, said = draft.voice.fill(rule.title), draft.ground.said(rule.law)
    return _item(draft, key, title=title, text=capital(text), verify=verify, assumed=assumed, sources=said)


def _general(draft: Draft, name: str, **slots: str) -> Item:
    key = f"nfr.{name}"
    title = draft.say(f"nfr.{name}_title")
    assumed = draft.assume("quality", key=key, title=title, item=ref(key), label=draft.main.label)
    text, verify = draft.say(f"nfr.{name}", **slots), draft.voice.fill(draft.voice.frame["nfr"][f"{name}_verify"])
    return _item(draft, key, title=title, text=text, verify=verify, assumed=assumed)


def users_at_once(draft: Draft) -> int:
    """A third of the stated staff, between 5 and 500; 20 when nobody said."""
    entry = draft.ground.entry("company_size")
    value = entry.value if entry else None
    people = (value.get("max") or value.get("min")) if isinstance(value, dict) else value
    if not isinstance(people, int | float):
        draft.ask("company_size", until="no_size", users="20")
        return 20
    return max(5, min(500, round(people / 3)))


def write(draft: Draft) -> list[Item]:
    rules = [_of_rule(draft, rule) for rule in draft.industry.rules[:MOST_RULES]]
    topics = [_of_topic(draft, need) for need in draft.needs]
    users = str(users_at_once(draft))
    general = [
        _general(draft, "response", limit=("2", "3")[draft.voice.pick("response", 2)], users=users),
        _general(draft, "availability", limit=money.plain(draft.voice, 99.5)),
        _general(draft, "recovery", limit=("4", "8")[draft.voice.pick("recovery", 2)], loss="1"),
    ]
    return [*topics, *rules, *general]
