"""The shipped taxonomy is complete and hangs together."""

from collections.abc import Mapping

import pytest

from chat.taxonomy.catalogue import LANGUAGES, Industry, Lexicon, cue, shipped, split

SERVICES = {"AI Strategy", "Custom Development", "Data Intelligence"}
TOPICS = shipped().topics
LEXICONS = shipped().lexicons


@pytest.mark.parametrize("key", TOPICS)
def test_topic_has_labels_service_and_known_neighbours(key: str) -> None:
    topic = TOPICS[key]
    assert set(topic.labels) == set(LANGUAGES)
    assert topic.service in SERVICES
    assert all(other in TOPICS and 0 < weight < 1 for other, weight in topic.neighbours.items())
    assert key not in topic.neighbours


@pytest.mark.parametrize("key", TOPICS)
def test_topic_has_aliases_in_every_language(key: str) -> None:
    assert all(len(lexicon.aliases[key]) >= 4 for lexicon in LEXICONS.values())
    assert sum(len(lexicon.aliases[key]) for lexicon in LEXICONS.values()) >= 30


def test_every_cue_is_made_of_concepts_that_english_knows() -> None:
    used = {concept for topic in TOPICS.values() for c in topic.cues for concept in c.concepts}
    assert used == set(LEXICONS["en"].concepts)


@pytest.mark.parametrize("lexicon", LEXICONS.values(), ids=LEXICONS.keys())
def test_lexicon_speaks_only_of_known_keys(lexicon: Lexicon) -> None:
    sections: tuple[Mapping[str, object], ...] = (lexicon.aliases, lexicon.hints, lexicon.contexts)
    assert all(set(section) <= set(TOPICS) for section in sections)
    assert set(lexicon.concepts) <= set(LEXICONS["en"].concepts)
    assert set(lexicon.industries) == set(shipped().industries)


@pytest.mark.parametrize("industry", shipped().industries.values(), ids=lambda i: i.key)
def test_industry_is_named_in_every_language(industry: Industry) -> None:
    assert set(industry.labels) == set(LANGUAGES)


def test_cue_reads_its_weight_or_takes_the_usual_one() -> None:
    assert cue("CAMERA DEFECT 0.9").weight == 0.9
    assert cue("CAMERA DEFECT").weight == 0.6


def test_phrases_are_split_at_commas() -> None:
    assert split("one, two words,  three") == ("one", "two words", "three")
