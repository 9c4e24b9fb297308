"""How near a visitor's words are to the stories of a topic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.taxonomy.catalogue import LANGUAGES
from chat.taxonomy.index import shipped
from chat.taxonomy.stories import hear
from chat.taxonomy.stories import shipped as tales


def nearest(text: str, language: str = "en") -> str:
    closeness = hear(text, language, shipped()).closeness
    return max(closeness, key=lambda topic: closeness[topic], default="")


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "Our baker guesses and at closing time the leftovers go to the pigs.", "forecasting"),
        ("de", "Der Förster hat im Wald kein Netz und notiert alles auf Papier.", "mobile_apps"),
        ("es", "La tesorera persigue cada mes las cuotas que no se pagan.", "subscription_billing"),
        ("fr", "Personne ne trouve rien dans nos vieux dossiers.", "knowledge_search"),
        ("ja", "毎晩、画面から画面へ数字を写しています。", "process_automation"),
        ("ar", "من ترك العمل ما زال يستطيع الدخول إلى ملفاتنا", "identity_access"),
    ],
)
def test_everyday_words_are_nearest_to_the_stories_of_their_topic(language: str, text: str, topic: str) -> None:
    """E4"""
    assert nearest(text, language) == topic


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_has_stories_in_every_language(language: str) -> None:
    assert set(tales()[language].by_topic) == set(shipped().catalogue.topics)
    assert all(tales()[language].by_topic.values())


@pytest.mark.parametrize("language", sorted(tales()))
def test_stories_are_told_of_known_topics_only(language: str) -> None:
    assert set(tales()[language].by_topic) <= set(shipped().catalogue.topics)


def test_text_without_a_telling_word_is_near_to_nothing() -> None:
    assert max(hear("Hello, it is me again.", "en", shipped()).closeness.values(), default=0.0) < 0.8


def test_words_that_tell_of_the_topic_are_the_visitors_own() -> None:
    heard = hear("Half the DUES bounce, and nobody notices.", "en", shipped())
    assert "DUES" in heard.telling("subscription_billing")


@given(st.text(max_size=200), st.sampled_from([*sorted(tales()), "xx"]))
def test_any_text_is_compared_the_same_way_twice(text: str, language: str) -> None:
    assert hear(text, language, shipped()).closeness == hear(text, language, shipped()).closeness
