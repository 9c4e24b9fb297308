"""The taxonomy with what staff wrote laid over it: an entry that nobody edited stays as the files have it."""

from collections.abc import Mapping
from dataclasses import replace

from chat.taxonomy.catalogue import LANGUAGES, Catalogue, Lexicon, Topic, shipped, split, table, topic
from chat.taxonomy.edits import NEUTRAL, Edits, Fields, is_off, keys, written
from chat.taxonomy.stories import shipped as tales

TOPIC = "topic"
PHRASES = ("aliases", "hints", "contexts")


def shipped_topic(key: str) -> Fields:
    """What the files say of the topic in every language alike; nothing for a topic of the staff's own."""
    row = table("topics").get(key, {})
    return {name: value for name, value in row.items() if name not in ("labels", "thoughts")}


def shipped_words(key: str, language: str) -> Fields:
    """Its label, phrases and thought in one language; ``pains`` are those aliases that nobody wants to have."""
    row, lexicon, told = table("topics").get(key), table(f"lexicon/{language}"), tales()[language].by_topic
    if row is None:
        return {}
    phrases = {name: lexicon.get(name, {}).get(key, "") for name in PHRASES}
    pains = set(split(lexicon.get("pains", "")))
    return {
        "label": row["labels"].get(language, ""),
        "thought": row.get("thoughts", {}).get(language, ""),
        "pains": ", ".join(alias for alias in split(phrases["aliases"]) if alias in pains),
        "stories": list(told.get(key, ())),
        **phrases,
    }


def edited(edits: Edits) -> Catalogue:
    base = shipped()
    if not keys(edits, TOPIC):
        return base
    known = {
        key: _topic(key, edits) for key in dict.fromkeys((*base.topics, *keys(edits, TOPIC))) if _stands(key, edits)
    }
    return Catalogue(
        topics={key: _among(topic, known) for key, topic in known.items()},
        industries=base.industries,
        lexicons={code: _lexicon(lexicon, edits, known) for code, lexicon in base.lexicons.items()},
    )


def _stands(key: str, edits: Edits) -> bool:
    """A topic of the staff's own is whole; what is left of one that the files had until an upgrade is not."""
    fields = {**shipped_topic(key), **edits.get((TOPIC, key, NEUTRAL), {})}
    return {"service", "effort"} <= fields.keys() and not is_off(edits, TOPIC, key)


def _topic(key: str, edits: Edits) -> Topic:
    said = {code: {**shipped_words(key, code), **edits.get((TOPIC, key, code), {})} for code in LANGUAGES}
    usual = said["en"].get("label") or key.replace("_", " ")
    row = {
        **shipped_topic(key),
        **edits.get((TOPIC, key, NEUTRAL), {}),
        "labels": {code: fields.get("label") or usual for code, fields in said.items()},
        "thoughts": {code: fields["thought"] for code, fields in said.items() if fields.get("thought")},
        "stories": {code: tuple(edits[TOPIC, key, code]["stories"]) for code in _retold(key, edits)},
    }
    return topic(key, row)


def _retold(key: str, edits: Edits) -> list[str]:
    """The languages in which staff wrote other stories."""
    return [code for code in LANGUAGES if "stories" in edits.get((TOPIC, key, code), {})]


def _among(topic: Topic, known: dict[str, Topic]) -> Topic:
    near = {other: share for other, share in topic.neighbours.items() if other in known}
    return replace(topic, neighbours=near, like=topic.like if topic.like in known else "")


def _lexicon(base: Lexicon, edits: Edits, known: dict[str, Topic]) -> Lexicon:
    rows = {key: fields for key, fields in written(edits, TOPIC, base.language) if key in known}
    if not rows and base.aliases.keys() <= known.keys():
        return base

    def section(name: str, shipped: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        every = {**shipped, **{key: split(row[name]) for key, row in rows.items() if name in row}}
        return {key: phrases for key, phrases in every.items() if key in known}

    return replace(
        base,
        pains=_pains(base, rows),
        aliases=section("aliases", base.aliases),
        hints=section("hints", base.hints),
        contexts=section("contexts", base.contexts),
    )


def _pains(base: Lexicon, rows: dict[str, Fields]) -> tuple[str, ...]:
    pains = dict.fromkeys(base.pains)
    for key, row in rows.items():
        if "pains" in row:
            gone = split(shipped_words(key, base.language).get("pains", ""))
            pains = {pain: None for pain in pains if pain not in gone} | dict.fromkeys(split(row["pains"]))
    return tuple(pains)
