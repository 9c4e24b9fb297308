"""Users: roles named in the conversation and those that follow from the trade, with need and part in the decision."""

from prd.document import Item
from prd.draft import Draft, ref
from prd.wording import capital


def _role(draft: Draft, key: str, role: str, need: str, part: str, sources: tuple[int, ...] = (), assumes: tuple[str, ...] = ()) -> Item:
    role_said = sources if not any(_quoted(draft, text, sources) for text in (need, part)) else ()
    return Item(
        key=f"user.{key}",
        text=capital(role),
        sources=role_said,
        assumes=assumes,
        details=(draft.detail("need", need, _quoted(draft, need, sources), assumes), draft.detail("part", part, _quoted(draft, part, sources), assumes)),
    )


def _quoted(draft: Draft, text: str, sources: tuple[int, ...]) -> tuple[int, ...]:
    """The sources, for a cell that quotes them."""
    return sources if draft.voice.frame["quotes"][0] in text else ()


def _decider(draft: Draft) -> Item:
    entry = draft.ground.entry("decision_maker")
    if entry is None:
        question = draft.ask("decision_maker", until="no_decider")
        role = draft.say("users.sponsor_open", question=ref(question))
        return _role(draft, "decider", role, draft.say("users.sponsor_need"), draft.say("users.sponsor_open_part"), (), ("a.no_decider.decision_maker",))
    value = entry.value if isinstance(entry.value, dict) else {"self": bool(entry.value), "name": None}
    said, assumed = draft.ground.sources(entry), (*draft.edited(entry), draft.assume("roles"))
    name = str(value.get("name") or "") if not value.get("self") else ""
    role = name or draft.say("users.sponsor_self" if value.get("self") else "users.sponsor_open", question=ref(_named(draft, value)))
    words = draft.ground.words(entry)
    part = draft.say("users.sponsor_part", quote=draft.quote(words)) if said else draft.say("users.sponsor_part_plain")
    return _role(draft, "decider", role, draft.say("users.sponsor_need"), part, said, assumed)


def _named(draft: Draft, value: dict[str, object]) -> str:
    return "" if value.get("self") or value.get("name") else draft.ask("decision_maker", until="no_decider")


def write(draft: Draft) -> list[Item]:
    ground, assumed = draft.ground, (draft.assume("roles"),)
    said_staff, said_clients = ground.said(draft.industry.staff), draft.industry.sources
    roles = [
        _decider(draft),
        _role(draft, "staff", draft.say("users.staff"), draft.say("users.staff_need"), draft.say("users.staff_part"), said_staff, assumed),
        _role(draft, "clients", draft.say("users.clients"), draft.say("users.clients_need"), draft.say("users.clients_part"), said_clients, assumed),
    ]  # fmt: skip
    for entry in ground.entries("stakeholders"):
        words = ground.words(entry, 12)
        need = draft.say("users.stakeholder_need", quote=draft.quote(words))
        part = draft.say("users.stakeholder_part")
        key = str(entry.value).casefold()
        roles.append(_role(draft, key, str(entry.value), need, part, ground.sources(entry), (*draft.edited(entry), *assumed)))
    return roles
