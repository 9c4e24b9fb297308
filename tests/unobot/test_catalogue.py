"""Staff edit what the bot knows, and the conversation, the document and the matching follow."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings import services as bookings
from chat.models import CatalogueEdit, Session
from experts.models import Expert
from tests.bookings.people import make_expert
from tests.chat.talk import begin, say
from tests.prd.people import asked
from tests.staff import staff
from tests.unobot.catalogue_pages import address, fields, send, told

pytestmark = pytest.mark.django_db

CHATBOT = address("topic", "conversational_ai", "en")
GENERAL = address("topic", "conversational_ai", "general")
PRINTING = address("topic", "additive_manufacturing", "en")
SAID = "We want additive manufacturing for spare parts. It takes us six weeks to get any."
NEW = {
    "key": "additive_manufacturing", "service:": "Data Intelligence", "effort:least": "30", "effort:most": "60",
    "like:": "iot", "label:": "Additive manufacturing", "aliases:": "additive manufacturing, 3d printing",
}  # fmt: skip
OWN_TEXTS = {
    "name": "print service",
    "it": "print service",
    "insight": "parts wait for a supplier although their drawings are at hand.",
    "goal": "days from order to part",
    "measure": "dates of order and receipt of 20 parts",
    "scope": "A library of printable drawings\nOrders that go to the printer by themselves",
    "out": "Buying printers\nParts that carry loads",
    "fr_0_0": "Order",
    "fr_0_1": "When one of the {staff} orders a part, the {it} shall send its drawing to the printer.",
    "fr_0_2": "a part in the library",
    "fr_0_3": "it is ordered",
    "fr_0_4": "the printer holds the drawing",
    "fr_1_0": "Library",
    "fr_1_1": "The {it} shall hold for each part the drawing and its approval.",
    "fr_1_2": "a new drawing",
    "fr_1_3": "it is approved",
    "fr_1_4": "it can be ordered",
    "nfr_0": "Accuracy",
    "nfr_1": "The {it} shall keep dimensions within 0.2 mm.",
    "nfr_2": "10 parts measured",
    "risk_0": "Drawings of old parts are missing",
    "risk_1": "scan the 20 most ordered parts first",
    "risk_2": "high",
    "risk_3": "medium",
    "ask_0": "For which parts are drawings at hand?",
    "ask_1": "the others have to be measured",
}


@pytest.fixture
def sales(db: None) -> Client:
    return staff("Sales")


@pytest.fixture
def printing(sales: Client) -> None:
    assert sales.post(reverse("catalogue_new", args=["topic"]), NEW).status_code == 302


def document(session: Session) -> str:
    return asked(session).markdown


# --- a new topic, from end to end


def test_a_new_topic_is_recognised_documented_and_matched(sales: Client, printing: None) -> None:
    """C7, P3, E4, L2"""
    make_expert("Ada", specialties=["3D printing"])
    make_expert("Bo", specialties=["Web shops"])
    send(sales, PRINTING, thought="The drawing comes before the printer.", **OWN_TEXTS)
    session = begin()
    assert "The drawing comes before the printer." in say(session, SAID)
    assert session.recommended_service == "data_intelligence"
    matched = bookings.match_experts(session=session, now=timezone.now(), limit=3).result["expert_ids"]
    assert Expert.objects.get(pk=matched[0]).name == "Ada"
    markdown = document(session)
    assert "the print service shall send its drawing to the printer." in markdown
    assert "For which parts are drawings at hand?" in markdown


def test_until_it_has_requirements_of_its_own_those_of_the_topic_it_is_like_stand_in(printing: None) -> None:
    """P3"""
    session = begin()
    say(session, SAID)
    assert "Additive manufacturing" in document(session)


@pytest.mark.parametrize("language", ["de", "ja"])
def test_a_new_topic_makes_documents_in_every_language(printing: None, language: str) -> None:
    session = begin(language=language)
    text = {
        "de": "Ersatzteile brauchen sechs Wochen, wir denken an 3d printing.",
        "ja": "部品に6週間かかります。3d printing を考えています。",
    }
    say(session, text[language])
    assert "Additive manufacturing" in document(session)


def test_a_removed_topic_is_gone_and_its_history_stays(sales: Client, printing: None) -> None:
    send(sales, PRINTING, do="reset")
    assert sales.get(PRINTING).status_code == 404
    assert CatalogueEdit.objects.filter(key="additive_manufacturing").count() == 4


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"key": "Additive Manufacturing"}, "Small letters"),
        ({"key": "iot"}, "There is a topic with this key."),
        ({"aliases:": "chatbots"}, "chatbots already stands for Chatbots and virtual assistants"),
        ({"aliases:": "we are"}, "stands in too many texts"),
        ({"aliases:": ""}, "Without an alias"),
        ({"effort:most": "10"}, "the smaller first"),
        ({"effort:least": "2"}, "says nothing"),
        ({"like:": ""}, "Choose the topic whose requirements"),
        ({"service:": ""}, "Choose one of"),
    ],
)
def test_a_topic_that_would_not_work_is_not_added(sales: Client, given: dict[str, str], complaint: str) -> None:
    response = sales.post(reverse("catalogue_new", args=["topic"]), {**NEW, **given})
    assert any(complaint in text for text in told(response))
    assert not CatalogueEdit.objects.exists()


# --- editing what is shipped


def test_only_what_differs_is_kept_so_that_an_upgrade_reaches_the_rest(sales: Client) -> None:
    before = fields(sales, CHATBOT)
    send(sales, CHATBOT, aliases=before["aliases:"] + ", dialogue robot")
    assert list(CatalogueEdit.objects.get().fields) == ["aliases"]
    assert fields(sales, CHATBOT)["aliases:"].endswith(", dialogue robot")


def test_saving_what_was_not_changed_leaves_no_trace(sales: Client) -> None:
    for part in ("general", "en", "ja", "ar"):
        send(sales, address("topic", "conversational_ai", part))
    assert not CatalogueEdit.objects.exists()


def test_an_entry_goes_back_to_as_shipped(sales: Client) -> None:
    before = fields(sales, GENERAL)
    send(sales, GENERAL, effort_least="30")  # no such input: the form is unchanged
    sales.post(GENERAL, {**before, "effort:least": "30", "do": "save"})
    assert fields(sales, GENERAL)["effort:least"] == "30"
    send(sales, GENERAL, do="reset")
    assert fields(sales, GENERAL)["effort:least"] == "25"


def test_an_older_version_can_be_looked_at_and_brought_back(sales: Client) -> None:
    for thought in ("First.", "Second."):
        send(sales, CHATBOT, thought=thought)
    old = fields(sales, CHATBOT + "?version=1")
    assert old["thought:"] == "First."
    sales.post(CHATBOT, {**old, "do": "save"})
    assert fields(sales, CHATBOT)["thought:"] == "First."
    assert CatalogueEdit.objects.count() == 3


def test_the_page_says_when_the_shipped_text_has_changed_since_it_was_edited(sales: Client) -> None:
    send(sales, CHATBOT, thought="Ours.")
    assert "changed since this was edited" not in sales.get(CHATBOT).content.decode()
    CatalogueEdit.objects.update(shipped={"thought": "What an earlier release said."}, at=timezone.now())
    assert "changed since this was edited" in sales.get(CHATBOT).content.decode()


def test_of_two_who_edit_at_once_the_second_is_told_and_loses_nothing(sales: Client) -> None:
    old = fields(sales, CHATBOT)
    send(sales, CHATBOT, thought="Mine.")
    response = sales.post(CHATBOT, {**old, "thought:": "Yours.", "do": "save"})
    assert "Somebody else has changed this entry meanwhile" in response.content.decode()
    assert "Yours." in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"fr_0_1": "When asked, the {it} answers."}, "exactly once"),
        ({"fr_0_1": "The {it} shall answer and shall [name|shall name] it."}, "exactly once"),
        ({"fr_0_1": "Somebody shall answer."}, "name what is built"),
        ({"fr_0_1": "The {it} shall answer fast."}, "“fast” cannot be tested"),
        ({"fr_0_1": "The {it} shall tell {price}."}, "{price} is not filled in"),
        ({"fr_0_1": "The {it!r} shall tell."}, "{it!r} is not filled in"),
        ({"fr_0_1": "The {it:>9} shall tell."}, "{it:&gt;9} is not filled in"),
        ({"fr_0_1": "The {it shall tell."}, "the braces do not pair"),
        ({"fr_0_1": "The {it} shall [answer|name it."}, "not one within another"),
        ({"fr_0_2": ""}, "Requirement 1, given is empty"),
        ({"insight": "TBD"}, "TBD is left to be filled in"),
        ({"measure": "mail to anna@example.org"}, "contact data"),
        ({"nfr_1": "The {it} shall answer."}, "Name a number"),
        ({"ask_0": "Tell us the texts."}, "question mark"),
        ({"scope": "One line"}, "at least two lines"),
        ({"pains": "downtime"}, "not among the aliases"),
        ({"thought": "It saves 30 percent."}, "No figures"),
        ({"thought": "word " * 30 + "."}, "At most 25 words"),
        ({"label": ""}, "The English label is needed"),
        ({"aliases": "chatbot, Chatbot"}, "stands here twice"),
    ],
)
def test_texts_that_would_break_a_document_or_a_talk_are_refused(
    sales: Client, changed: dict[str, str], complaint: str
) -> None:
    """P2"""
    response = send(sales, CHATBOT, **changed)
    assert any(complaint.replace("&gt;", ">") in text.replace("&gt;", ">") for text in told(response)), told(response)
    assert not CatalogueEdit.objects.exists()


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"neighbours": "iott 0.6"}, "There is no topic iott"),
        ({"neighbours": "iot 1.5"}, "between 0 and 1"),
        ({"neighbours": "iot"}, "write a key, a space and a number"),
        ({"cues": "CAMERA NONSENSE 0.9"}, "there is no concept NONSENSE"),
        ({"cues": "0.9"}, "there is no concept"),
        ({"cues": "CAMERA 9.9"}, "at most 1"),
        ({"cues": "CAMERA 0.x"}, "write concepts"),
    ],
)
def test_general_fields_that_point_nowhere_are_refused(sales: Client, changed: dict[str, str], complaint: str) -> None:
    assert any(complaint in text for text in told(send(sales, GENERAL, **changed)))
    assert not CatalogueEdit.objects.exists()


def test_a_topic_that_the_bot_falls_back_on_cannot_be_switched_off(sales: Client) -> None:
    response = send(sales, address("topic", "ai_strategy", "general"), off="on")
    assert any("falls back" in text for text in told(response))


def test_a_topic_switched_off_is_found_nowhere(sales: Client) -> None:
    send(sales, GENERAL, off="on")
    response = sales.post(reverse("catalogue_try"), {"text": "We want a chatbot.", "spoken": "en"})
    assert "Chatbots and virtual assistants" not in response.content.decode()


# --- insights, industries, rules


def test_an_insight_of_our_own_is_said_in_the_conversation(sales: Client) -> None:
    """C7"""
    new = {"key": "sizes", "cue:": "returns?\nwrong size~", "say:": "Half of it is sizes."}
    assert sales.post(reverse("catalogue_new", args=["insight"]), new).status_code == 302
    assert "Half of it is sizes." in say(begin(), "Handling returns takes us hours every day.")


@pytest.mark.parametrize("cue", ["(a+)+", ".*", "x{9,}", "(", "a?"])
def test_words_that_would_stall_a_search_or_are_found_everywhere_are_refused(sales: Client, cue: str) -> None:
    assert told(send(sales, address("insight", "returns", "en"), cue=cue))


def test_a_rule_of_our_own_binds_an_industry_in_its_documents(sales: Client) -> None:
    """P3"""
    new = {
        "key": "ccra", "law:": "CRA 2024/2847", "title:": "Updates", "verify:": "a drill with 2 devices",
        "text:": "The {it} shall install security updates within 14 days, as the CRA demands.", "why:": "it runs code",
    }  # fmt: skip
    assert sales.post(reverse("catalogue_new", args=["rule"]), new).status_code == 302
    send(sales, address("industry", "manufacturing", "general"), rules="ccra: all\ngdpr: eu, uk")
    session = begin()
    say(session, "We are a factory and our sensors on machines send no data.")
    assert "as the CRA demands" in document(session)


@pytest.mark.parametrize("rules", ["nothing: eu", "gdpr: mars", "gdpr"])
def test_an_industry_is_bound_by_known_rules_at_known_places(sales: Client, rules: str) -> None:
    assert told(send(sales, address("industry", "health", "general"), rules=rules))


def test_an_industry_s_words_are_edited(sales: Client) -> None:
    page = address("industry", "health", "en")
    assert told(send(sales, page, clients="patients"))
    send(sales, page, clients="clients | client")
    assert json.loads(json.dumps(CatalogueEdit.objects.get().fields)) == {"clients": [["clients", "client"]]}


# --- seeing what an edit does, and who may


def tried(client: Client, text: str, **more: Any) -> str:
    response = client.post(reverse("catalogue_try"), {"text": text, "spoken": "en", **more})
    return str(response.content.decode())


def test_a_trial_shows_topics_experts_and_requirements_for_any_words(sales: Client) -> None:
    make_expert("Ada", specialties=["Demand forecasting"])
    shown = tried(sales, "We need demand forecasting for our hotel. No chatbot.")
    for part in ("Demand forecasting and planning", "turned down", "hospitality", "Ada", "shall"):
        assert part in shown


def test_a_preview_shows_the_edit_and_saves_nothing(sales: Client) -> None:
    response = send(sales, CHATBOT, do="preview", aliases="dialogue robot", text="A dialogue robot, please.")
    assert "dialogue robot</small>" in response.content.decode()
    assert not CatalogueEdit.objects.exists()


@pytest.mark.parametrize("wanted", ["chatbot", "CHATBOT", "チャットボット", "conversational_ai"])
def test_a_topic_is_found_by_any_of_its_words(sales: Client, wanted: str) -> None:
    shown = sales.get(reverse("catalogue_list", args=["topic"]), {"q": wanted}).content.decode()
    assert "Chatbots and virtual assistants" in shown
    assert "Accessibility" not in shown


def test_what_was_changed_is_listed_with_who_did_it(sales: Client) -> None:
    send(sales, CHATBOT, thought="Ours.")
    shown = sales.get(reverse("catalogue_changes")).content.decode()
    assert "sales" in shown
    assert "Remark" in shown
    assert "Chatbots" in sales.get(reverse("catalogue_list", args=["topic"]), {"only": "changed"}).content.decode()


def test_viewers_read_and_change_nothing() -> None:
    viewer = staff("Viewers")
    assert viewer.get(CHATBOT).status_code == 200
    assert tried(viewer, "A chatbot.")
    assert viewer.post(CHATBOT, {"do": "save"}).status_code == 403
    assert viewer.get(reverse("catalogue_new", args=["topic"])).status_code == 403


def test_nobody_reads_it_without_signing_in(client: Client) -> None:
    """A1"""
    assert client.get(CHATBOT).status_code == 302


@pytest.mark.parametrize("page", ["topic/nothing/en", "topic/iot/xx", "nothing/iot/en", "rule/gdpr/general"])
def test_what_does_not_exist_is_not_found(sales: Client, page: str) -> None:
    assert sales.get(f"/admin/catalogue/{page}/").status_code == 404
