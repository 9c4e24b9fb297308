"""Users: roles named in the conversation and those that follow from the trade, with need and part in the decision."""

from dataclasses import dataclass

from chat.consultant.ledger import Entry
from prd.document import Item
from prd.draft import Draft, ref
from prd.wording import capital


@dataclass(frozen=True, slots=True)
class Role:
    key: str
    name: str
    need: str
    part: str
    sources: tuple[int, ...] = ()
    assumes: tuple[str, ...] = ()


def _item(draft: Draft, role: Role) -> Item:
    """The cell that quotes carries the source; else the name of the role does."""
    mark = draft.voice.frame["quotes"][0]
    cells = {"need": role.need, "part": role.part}
    quoted = {name for name, text in cells.items() if mark in text}
    details = (
        draft.detail(name, text, role.sources if name in quoted else (), role.assumes) for name, text in cells.items()
    )
    return Item(
        key=f"user.{role.key}",
        text=capital(role.name),
        sources=() if quoted else role.sources,
        assumes=role.assumes,
        details=tuple(details),
    )


def _decider(draft: Draft) -> Role:
    entry = draft.ground.entry("decision_maker")
    need = draft.say("users.sponsor_need")
    if entry is None:
        question = draft.ask("decision_maker", until="no_decider")
        name, part = draft.say("users.sponsor_open", question=ref(question)), draft.say("users.sponsor_open_part")
        return Role("decider", name, need, part, (), ("a.no_decider.decision_maker",))
    said, assumed = draft.ground.sources(entry), (*draft.edited(entry), draft.assume("roles"))
    part = draft.say("users.sponsor_part_plain")
    if said:
        part = draft.say("users.sponsor_part", quote=draft.quote(draft.ground.words(entry)))
    return Role("decider", _decider_name(draft, entry), need, part, said, assumed)


def _decider_name(draft: Draft, entry: Entry) -> str:
    value = entry.value if isinstance(entry.value, dict) else {"self": bool(entry.value)}
    if value.get("self"):
        return draft.say("users.sponsor_self")
    if value.get("name"):
        return str(value["name"])
    return draft.say("users.sponsor_open", question=ref(draft.ask("decision_maker", until="no_decider")))


def _of_trade(draft: Draft, key: str, sources: tuple[int, ...]) -> Role:
    name, need, part = (draft.say(f"users.{key}{part}") for part in ("", "_need", "_part"))
    return Role(key, name, need, part, sources, (draft.assume("roles"),))


def _stakeholder(draft: Draft, entry: Entry) -> Role:
    need = draft.say("users.stakeholder_need", quote=draft.quoted(entry, draft.ground.words(entry, 12)))
    assumed = (*draft.edited(entry), draft.assume("roles"))
    part = draft.say("users.stakeholder_part")
    return Role(str(entry.value).casefold(), str(entry.value), need, part, draft.ground.sources(entry), assumed)


def write(draft: Draft) -> list[Item]:
    roles = [
        _decider(draft),
        _of_trade(draft, "staff", draft.ground.said(draft.industry.staff)),
        _of_trade(draft, "clients", draft.industry.sources),
        *(_stakeholder(draft, entry) for entry in draft.ground.entries("stakeholders")),
    ]
    return [_item(draft, role) for role in roles]
