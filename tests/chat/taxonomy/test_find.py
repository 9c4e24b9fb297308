"""What the taxonomy hears in a visitor's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.taxonomy.find import find


def strongest(text: str, language: str = "en") -> str:
    return next(iter(find(text, language).strengths()), "")


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "Our managers live in Excel.", "business_intelligence"),
        ("en", "Two colleagues type delivery notes into the computer all day.", "document_processing"),
        ("de", "Die Maschinen fallen plötzlich aus und alles steht still.", "predictive_maintenance"),
        ("es", "Los clientes preguntan siempre lo mismo por WhatsApp.", "conversational_ai"),
        ("fr", "Plus personne ne sait modifier notre vieux logiciel.", "legacy_modernisation"),
        ("ja", "請求書を手入力しています。", "document_processing"),
        ("ar", "الموظفون يرفضون استخدام النظام الجديد", "change_management"),
    ],
)
def test_need_is_found_without_its_technical_word(language: str, text: str, topic: str) -> None:
    """E4"""
    assert strongest(text, language) == topic


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("help with gdrp", "privacy_compliance"),
        ("dashbords please", "business_intelligence"),
        ("a chatbto for guests", "conversational_ai"),
        ("kubernets and terrafrom", "devops"),
    ],
)
def test_typo_is_read_as_the_word_that_was_meant(text: str, topic: str) -> None:
    assert strongest(text) == topic


@pytest.mark.parametrize(
    ("language", "text", "topic"),
    [
        ("en", "No chatbot please, people should pick up the phone.", "conversational_ai"),
        ("en", "The mobile app is out of scope.", "mobile_apps"),
        ("de", "Wir brauchen kein neues ERP.", "erp"),
        ("de", "Einen Chatbot brauchen wir nicht.", "conversational_ai"),
        ("es", "No queremos una tienda online.", "ecommerce"),
        ("fr", "Nous ne voulons pas de chatbot.", "conversational_ai"),
        ("ja", "チャットボットは不要です。", "conversational_ai"),
        ("ar", "لا نريد روبوت محادثة", "conversational_ai"),
    ],
)
def test_denied_topic_is_excluded_and_reported(language: str, text: str, topic: str) -> None:
    found = find(text, language)
    assert topic in found.negated
    assert topic not in found.strengths()


@pytest.mark.parametrize(
    "text",
    [
        "We have no dashboard at all.",
        "No more downtime!",
        "Not only dashboards.",
        "An idea and no clue what to build first.",
    ],
)
def test_lack_or_pain_is_a_need_and_no_exclusion(text: str) -> None:
    assert not find(text, "en").negated


def test_denial_ends_where_the_sentence_turns() -> None:
    found = find("No chatbot but a customer portal.", "en")
    assert found.negated == {"conversational_ai"}
    assert strongest("No chatbot but a customer portal.") == "customer_portal"


def test_longest_phrase_wins() -> None:
    """A data warehouse is no warehouse."""
    assert "supply_chain" not in find("We want a data warehouse.", "en").strengths()


def test_thing_already_owned_weighs_less_than_the_wish() -> None:
    assert strongest("Penetration test of our web shop") == "application_security"


def test_hit_cites_the_visitors_own_words() -> None:
    text = "Bitte hilf uns mit Datenschutz."
    (hit,) = [h for h in find(text, "de").hits if h.topic == "privacy_compliance"]
    assert text[hit.start : hit.end] == "Datenschutz" == hit.words[0]


def test_message_in_another_language_than_the_session_is_read_in_its_own() -> None:
    assert strongest("Unsere Kunden rufen ständig mit denselben Fragen an.", "en") == "conversational_ai"


def test_demanded_line_of_business_is_told_from_a_named_one() -> None:
    found = find("We run a bakery. Only someone with experience in insurance.", "en")
    assert {(m.industry, m.required) for m in found.industries} == {("food", False), ("insurance", True)}


@given(st.text(max_size=300), st.sampled_from(["en", "de", "es", "fr", "ja", "ar", "xx"]))
def test_every_hit_lies_in_the_text_and_quotes_it(text: str, language: str) -> None:
    for hit in find(text, language).hits:
        assert 0 <= hit.start < hit.end <= len(text)
        assert all(word in text for word in hit.words)


@given(st.text(max_size=200))
def test_same_text_gives_the_same_finding(text: str) -> None:
    assert find(text, "en") == find(text, "en")
