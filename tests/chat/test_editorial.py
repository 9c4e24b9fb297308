"""What staff write for the bot: answers to questions about us, and the first words."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from chat import access, editorial, services
from chat.consultant.industries import industry_keys
from chat.consultant.knowledge import topics
from chat.forms import KnowledgeForm, WelcomeForm
from chat.models import AccessToken, KnowledgeEntry, Session, WelcomeTemplate
from tests.chat.people import NOW
from tests.chat.talk import begin, last, say
from tests.staff import staff as signed_in

pytestmark = pytest.mark.django_db

WHERE = "Where are you located?"


def entry(text: str = "Our desk is in Graz.", **fields: Any) -> KnowledgeEntry:
    return KnowledgeEntry.objects.create(**{"topic": "location", "language": "en", "text": text, **fields})


def template(text: str, **fields: Any) -> WelcomeTemplate:
    return WelcomeTemplate.objects.create(**{"language": "en", "text": text, **fields})


def greeting(session: Session) -> str:
    return session.messages.get(number=1).content


def test_the_bot_answers_in_the_words_of_staff_and_names_the_source() -> None:
    known, session = entry(), begin()
    assert "Our desk is in Graz." in say(session, WHERE)
    assert last(session, "message")["ai_message"]["meta"]["source"] == {"topic": "location", "entry": known.pk}


def test_an_edit_counts_from_the_next_answer_on() -> None:
    known, session = entry(), begin()
    say(session, WHERE)
    KnowledgeEntry.objects.filter(pk=known.pk).update(text="We sit in Linz.")
    assert "We sit in Linz." in say(session, WHERE)


def test_an_inactive_entry_leaves_the_answer_to_the_bot() -> None:
    entry(is_active=False)
    session = begin()
    assert "Graz" not in say(session, WHERE)
    assert last(session, "message")["ai_message"]["meta"]["source"] == {"topic": "location", "entry": None}


def test_a_reply_that_answers_nothing_names_no_source() -> None:
    session = begin()
    say(session, "We retype orders by hand.")
    assert "source" not in last(session, "message")["ai_message"]["meta"]


def test_a_new_chat_begins_with_the_default_of_its_language() -> None:
    """A5"""
    template("Welcome to Alpenholz. What can we do?", is_default=True)
    template("A draft.")
    assert greeting(begin()) == "Welcome to Alpenholz. What can we do?"
    assert "Alpenholz" not in greeting(begin(language="de"))


@pytest.mark.parametrize("named", ["healthcare", "hospitals"])
def test_a_template_for_the_industry_goes_before_the_default(named: str) -> None:
    """A5, C7"""
    template("Hello.", is_default=True)
    template("Hello! What keeps your {industry} team busy?", industry="healthcare")
    assert greeting(begin(industry=named)) == "Hello! What keeps your healthcare team busy?"
    assert greeting(begin(industry="logistics")) == "Hello."


def test_without_templates_the_bot_greets_in_its_own_words() -> None:
    assert "UnoBot" in greeting(begin(industry="nonsense"))


def make(client: Client, rows: str, **fields: str) -> Any:
    return client.post(reverse(f"admin:chat_{rows}_add"), fields)


def test_sales_write_a_template_and_make_it_the_default() -> None:
    """A5"""
    before, sales = template("Old words.", is_default=True), signed_in("Sales")
    make(sales, "welcometemplate", language="en", industry="", text="New words.")
    new = WelcomeTemplate.objects.exclude(pk=before.pk).get()
    chosen = {"action": "make_default", "_selected_action": [str(new.pk)]}
    sales.post(reverse("admin:chat_welcometemplate_changelist"), chosen)
    assert greeting(begin()) == "New words."
    assert WelcomeTemplate.objects.filter(is_default=True).count() == 1


def test_viewers_read_what_the_bot_says_and_change_nothing() -> None:
    viewer, known = signed_in("Viewers"), entry()
    assert viewer.get(reverse("admin:chat_knowledgeentry_changelist")).status_code == 200
    assert make(viewer, "knowledgeentry", topic="pricing", language="en", text="Free.").status_code == 403
    assert viewer.post(reverse("admin:chat_knowledgeentry_change", args=[known.pk]), {"text": "x"}).status_code == 403


def test_the_page_of_an_entry_shows_what_it_replaces() -> None:
    shown = signed_in("Sales").get(reverse("admin:chat_knowledgeentry_change", args=[entry().pk])).content.decode()
    assert "the first meeting is online" in shown


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Hello {name}!", {}),
        ("Hello {industry}!", {}),
        ("Hello {industry}!", {"industry": "healthcare", "is_default": "on"}),
        ("Hello {email}!", {"industry": "healthcare"}),
        ("Hello {0.__class__}!", {}),
        ("Hello {!", {}),
        ("word " * 61, {}),
        ("x" * 501, {}),
        ("   ", {}),
    ],
)
def test_a_template_that_would_look_broken_is_refused(text: str, more: dict[str, str]) -> None:
    """A5"""
    form = WelcomeForm({"language": "en", "text": text, **more})
    assert "text" in form.errors


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Good to see you, {name}.", {"for_returning": "on"}),
        ("Hello, {industry} people.", {"industry": "healthcare"}),
        ("Hello.", {"is_default": "on"}),
    ],
)
def test_a_template_may_name_what_is_known(text: str, more: dict[str, str]) -> None:
    assert WelcomeForm({"language": "en", "text": text, **more}).is_valid()


@pytest.mark.parametrize("text", ["It costs {price}.", "word " * 46, "", "x" * 501])
def test_an_answer_is_short_and_whole(text: str) -> None:
    assert "text" in KnowledgeForm({"topic": "pricing", "language": "en", "text": text}).errors


def test_there_is_one_entry_for_a_topic_and_a_language() -> None:
    entry()
    assert not KnowledgeForm({"topic": "location", "language": "en", "text": "Elsewhere."}).is_valid()


@pytest.mark.parametrize("topic", topics())
def test_every_topic_can_be_written(topic: str) -> None:
    assert KnowledgeForm({"topic": topic, "language": "ja", "text": "はい。"}).is_valid()


def test_every_industry_can_have_a_welcome() -> None:
    forms = [WelcomeForm({"language": "en", "text": "Hi.", "industry": key}) for key in industry_keys()]
    assert all(form.is_valid() for form in forms)


def returning(session: Session, *, hours: int) -> None:
    token = access.issue(session, AccessToken.Kind.RESUME, now=NOW)
    services.resume_session(token=token, now=NOW + timedelta(hours=hours))


def introduced() -> Session:
    session = begin()
    say(session, "I am Maria Gruber. We retype orders by hand.")
    return session


def test_whoever_comes_back_after_a_pause_is_greeted_once_and_the_question_stands() -> None:
    """S3"""
    session = introduced()
    asked = last(session, "message")["ai_message"]["meta"]
    returning(session, hours=20)
    greeted = last(session, "message")["ai_message"]
    assert "Maria" in greeted["content"]
    assert (greeted["meta"]["asking"], greeted["meta"]["quick_replies"]) == (asked["asking"], asked["quick_replies"])
    count = session.messages.count()
    returning(session, hours=50)
    assert session.messages.count() == count


def test_a_short_absence_is_no_return() -> None:
    session = introduced()
    returning(session, hours=0)
    assert session.messages.count() == 3


def test_a_nameless_visitor_is_not_greeted_again() -> None:
    session = begin()
    returning(session, hours=20)
    assert session.messages.count() == 1


def test_staff_choose_how_to_greet_whoever_returns() -> None:
    """A5"""
    template("There you are, {name}!", for_returning=True, is_default=True)
    session = introduced()
    returning(session, hours=20)
    assert last(session, "message")["ai_message"]["content"].startswith("There you are, Maria")


def test_knowledge_is_read_with_one_query_and_the_catalogue_s_age_with_another(django_assert_num_queries: Any) -> None:
    entry()
    editorial.catalogue()
    with django_assert_num_queries(2):
        known = editorial.knowledge()
    assert known.entries == {("location", "en"): "Our desk is in Graz."}
