"""What staff write lies over the shipped taxonomy, entry by entry."""

from typing import Any

import pytest

from chat.taxonomy.catalogue import LANGUAGES, shipped
from chat.taxonomy.edits import NONE, Edits
from chat.taxonomy.find import find
from chat.taxonomy.index import Index, compile_index
from chat.taxonomy.index import shipped as shipped_index
from chat.taxonomy.overlay import edited
from chat.taxonomy.stories import hear

PRINTING = {"service": "Data Intelligence", "effort": [30, 60], "like": "iot", "neighbours": {"iot": 0.6}}
PRINTING_WORDS = {
    "label": "Additive manufacturing",
    "aliases": "additive manufacturing, 3d printing",
    "thought": "The drawing comes before the printer.",
}
OWN: Edits = {
    ("topic", "additive_manufacturing", ""): PRINTING,
    ("topic", "additive_manufacturing", "en"): PRINTING_WORDS,
}


def index(edits: Edits) -> Index:
    return compile_index(edited(edits), shipped_index())


def topics(text: str, edits: Edits, language: str = "en") -> set[str]:
    return set(find(text, language, index(edits)).strengths())


def word(language: str = "en", **fields: Any) -> Edits:
    return {("topic", "conversational_ai", language): fields}


def test_without_edits_the_taxonomy_is_the_shipped_one() -> None:
    assert edited(NONE) is shipped()


def test_a_topic_of_the_staff_is_found_by_its_aliases() -> None:
    assert "additive_manufacturing" in topics("We need additive manufacturing for spare parts.", OWN)
    assert "additive_manufacturing" not in topics("We need additive manufacturing for spare parts.", NONE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_topic_of_the_staff_has_a_label_in_every_language(language: str) -> None:
    assert edited(OWN).topics["additive_manufacturing"].labels[language] == "Additive manufacturing"


def test_english_aliases_are_read_in_other_languages_too() -> None:
    assert "additive_manufacturing" in topics("Wir brauchen additive manufacturing für Ersatzteile.", OWN, "de")


def test_an_edited_field_leaves_the_others_as_shipped() -> None:
    topic = edited({("topic", "iot", ""): {"effort": [5, 9]}}).topics["iot"]
    assert topic.effort == (5, 9)
    assert topic.service == shipped().topics["iot"].service


def test_an_alias_that_was_taken_away_is_not_found() -> None:
    assert "conversational_ai" not in topics("A chatbot.", word(aliases="dialogue robot"))
    assert "conversational_ai" in topics("A dialogue robot.", word(aliases="dialogue robot"))


def test_a_pain_of_the_staff_is_wanted_even_where_it_is_denied() -> None:
    leaks: Edits = {
        **OWN,
        ("topic", "additive_manufacturing", "en"): {**PRINTING_WORDS, "aliases": "leaks", "pains": "leaks"},
    }
    assert "additive_manufacturing" in topics("No more leaks, please.", leaks)


def test_the_shipped_pains_stay_when_aliases_are_edited() -> None:
    changed = word(aliases="chatbot")
    assert edited(changed).lexicons["en"].pains == shipped().lexicons["en"].pains


def test_a_topic_that_is_off_is_not_found_and_nobody_s_neighbour() -> None:
    off: Edits = {("topic", "computer_vision", ""): {"off": True}}
    assert "computer_vision" not in topics("We want computer vision.", off)
    assert all("computer_vision" not in topic.neighbours for topic in edited(off).topics.values())


def test_what_is_left_of_a_topic_that_an_upgrade_removed_is_not_one() -> None:
    left: Edits = {("topic", "gone", ""): {"thing": True}, ("topic", "gone", "en"): {"aliases": "gone thing"}}
    assert "gone" not in edited(left).topics
    assert topics("A gone thing.", left) == topics("A gone thing.", NONE)


def test_only_the_edited_language_is_compiled_again() -> None:
    base = shipped_index()
    for code in LANGUAGES:
        find("x", code, base)
    english, german = base.languages["en"], base.languages["de"]
    changed = compile_index(edited(word(aliases="dialogue robot")), base)
    assert changed.languages["de"] is german
    assert changed.languages["en"] is not english


def close(text: str, edits: Edits) -> dict[str, float]:
    return dict(hear(text, "en", index(edits)).closeness)


def test_a_story_of_the_staff_tells_of_its_topic() -> None:
    stories = [
        "We whittle spare brackets from filament overnight.",
        "The toolmaker squirts plastic clips for the line.",
    ]
    told: Edits = {**OWN, ("topic", "additive_manufacturing", "en"): {**PRINTING_WORDS, "stories": stories}}
    said = "Who squirts brackets from filament for us?"
    found = close(said, told)
    assert max(found, key=lambda topic: found[topic]) == "additive_manufacturing"
    assert "additive_manufacturing" not in close(said, OWN)


def test_stories_of_a_topic_that_is_off_are_not_heard() -> None:
    said = "Our doorman sorts five hundred parcels by hand."
    some = next(iter(close(said, NONE)))
    assert some not in close(said, {("topic", some, ""): {"off": True}})
