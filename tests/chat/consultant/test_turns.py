"""How the talk goes, turn by turn."""

import msgspec
import pytest

from chat import shapes
from chat.consultant.ledger import Entry
from chat.consultant.shapes import NotAcceptable
from chat.consultant.state import State
from chat.consultant.turn import Knowledge, confirm, edit, greet, retract
from tests.chat.consultant.talking import NOW, Talk

PAIN = "Our team retypes 400 invoices a week by hand and it takes 25 hours."


def test_several_facts_in_one_message_are_all_taken() -> None:
    """C3"""
    talk = Talk()
    talk.say("Hi, I'm Anna Berg from Nordwind Logistics, we're 120 people. " + PAIN + " Budget is 80k euros.")
    assert (talk.fact("name"), talk.fact("company"), talk.fact("company_size")) == (
        "Anna Berg",
        "Nordwind Logistics",
        120,
    )
    assert talk.fact("budget") == {"min": 80_000, "max": 80_000, "currency": "EUR"}


def test_a_bare_name_answers_the_question_for_it() -> None:
    """C2 I1"""
    talk = Talk()
    talk.say(PAIN, "about 25 hours", "John")
    assert talk.fact("name") == "John"


def test_a_correction_changes_the_fact_and_says_so() -> None:
    """C9"""
    talk = Talk()
    talk.say(PAIN, "Our budget is 40k euros", "Actually the budget is 50k")
    assert talk.fact("budget")["max"] == 50_000
    assert "40,000" in talk.reply.text
    assert "50,000" in talk.reply.text


def test_two_values_without_a_correction_are_both_shown() -> None:
    """C9"""
    talk = Talk()
    talk.say(PAIN, "Our budget is 40k euros", "The budget is 90k euros")
    assert talk.reply.asking == ("budget",)
    assert len(talk.reply.quick_replies) == 2


def test_an_older_value_can_be_chosen_again() -> None:
    """C9"""
    talk = Talk()
    talk.say(PAIN, "Our budget is 40k euros", "The budget is 90k euros")
    talk.press(talk.reply.quick_replies[0].command)
    assert talk.fact("budget")["max"] == 40_000


def test_a_refused_budget_is_offered_ranges_once_and_then_left() -> None:
    """C5 I6"""
    talk = Talk()
    talk.say(PAIN, "25 hours", "Ben from Acme Logistics", "SAP", "half the time", "by June", "I'd rather not say")
    assert talk.reply.asking == ("budget",)
    talk.say("no, really, I prefer not to say")
    assert "budget" not in talk.reply.asking
    assert talk.status("budget") == "declined"


def test_a_question_is_answered_and_the_open_one_comes_back() -> None:
    """C5"""
    talk = Talk()
    talk.say(PAIN, "25 hours")
    reply = talk.say("How much does it cost?")
    assert "no price list" in reply.text
    assert reply.asking == ("name", "company")


def test_a_question_fills_no_story() -> None:
    """C5"""
    talk = Talk()
    talk.say("Do you have problems with GDPR?")
    assert talk.fact("challenges") is None


def test_small_talk_is_turned_back_to_the_project() -> None:
    """C6"""
    talk = Talk()
    reply = talk.say("What's the weather like today?")
    assert reply.asking == ("challenges",)
    assert reply.entries == ()


def test_a_pause_is_not_followed_by_a_question() -> None:
    """C6"""
    talk = Talk()
    reply = talk.say(PAIN, "one moment, the phone is ringing")
    assert "?" not in reply.text


def test_a_mistyped_host_is_asked_about_and_not_changed() -> None:
    """I2"""
    talk = Talk()
    talk.say(PAIN, "My email is anna@gmial.com")
    assert talk.fact("email") == "anna@gmial.com"
    talk.say("yes")
    assert talk.fact("email") == "anna@gmail.com"


def test_a_real_host_that_looks_mistyped_is_left_alone() -> None:
    """I2"""
    talk = Talk()
    talk.say(PAIN, "My email is anna@mail.com")
    assert "email" not in talk.reply.asking


def test_half_an_address_is_not_kept() -> None:
    """I2"""
    talk = Talk()
    assert "name@company" in talk.say("my email is anna@nordwind").text
    assert talk.fact("email") is None


def test_without_consent_no_contact_data_stays() -> None:
    """I10"""
    talk = Talk()
    talk.say(PAIN, "My email is anna@nordwind.de", "Please don't store my data")
    assert (talk.fact("email"), talk.fact("consent")) == (None, False)


def test_a_colleagues_name_and_address_are_not_the_visitors() -> None:
    """I1 I2"""
    talk = Talk()
    talk.say(PAIN, "My boss Peter Wolf should get it too, his email is peter@wolf.de")
    assert (talk.fact("name"), talk.fact("email")) == (None, None)


def test_the_visitor_gets_a_person_at_once() -> None:
    """C1"""
    talk = Talk()
    reply = talk.say("I want to talk to a human please")
    assert (reply.actions, reply.phase, reply.asking) == (("hand_over",), "handed_over", ())


def test_a_student_is_not_questioned_for_long() -> None:
    """C4"""
    talk = Talk()
    talk.say("I'm a student writing my thesis", "no", "no thanks")
    assert talk.reply.actions == ("close",)


def test_deletion_waits_for_a_yes() -> None:
    """I10"""
    talk = Talk()
    assert talk.say("Please delete all my data").actions == ()
    assert talk.say("yes").actions == ("erase_requested",)


def test_the_language_changes_with_the_visitor_and_stays() -> None:
    """C12"""
    talk = Talk()
    talk.say("Guten Tag, wir haben ein Problem mit unseren Rechnungen, alles wird von Hand abgetippt.", "ok")
    assert talk.reply.state.language == "de"


def test_an_explicit_wish_wins_over_detection() -> None:
    """C12"""
    talk = Talk()
    talk.say("en español por favor", "We retype invoices by hand all day long")
    assert talk.reply.state.language == "es"


def test_an_intent_button_steers_the_talk() -> None:
    """C4 W15"""
    talk = Talk()
    reply = talk.press(shapes.Intent("data_intelligence"))
    assert (reply.service, reply.asking) == ("data_intelligence", ("challenges",))


def test_the_state_survives_json() -> None:
    """Z3"""
    talk = Talk()
    talk.say(PAIN, "The budget is 40k euros", "the budget is 90k euros")
    assert msgspec.json.decode(msgspec.json.encode(talk.reply.state), type=State) == talk.reply.state


def test_the_same_talk_gives_the_same_words() -> None:
    """L1"""
    first, second = Talk(), Talk()
    assert first.say(PAIN, "25 hours").text == second.say(PAIN, "25 hours").text


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("budget", "a lot"),
        ("email", "anna@"),
        ("timeline", "2020-01-01"),
        ("score", 100),
        ("consent", "yes"),
        ("name", "<b>x</b>"),
    ],
)
def test_an_edit_passes_the_same_gate(slot: str, value: object) -> None:
    """L3 Q2"""
    with pytest.raises(NotAcceptable):
        edit(slot, value, [], now=NOW)


def test_an_edit_is_read_like_words() -> None:
    """I6"""
    assert edit("budget", "40k-60k EUR", [], now=NOW)[0].value == {"min": 40_000, "max": 60_000, "currency": "EUR"}


def test_only_what_stands_can_be_taken_back() -> None:
    """C9"""
    with pytest.raises(NotAcceptable):
        retract("tech_stack", "SAP", [])


def test_a_summary_needs_a_name_and_a_challenge() -> None:
    """C10 C11"""
    welcome = greet(language="en", seed=1, now=NOW)
    with pytest.raises(NotAcceptable):
        confirm(True, [], welcome.state, Knowledge.default(), now=NOW)


def test_an_approved_summary_makes_the_document_due() -> None:
    """C10 C11"""
    ledger = [Entry(slot="name", value="Anna"), Entry(slot="challenges", value="Retyping")]
    welcome = greet(language="en", seed=1, now=NOW)
    reply = confirm(True, ledger, welcome.state, Knowledge.default(), now=NOW)
    assert (reply.actions, reply.prd_ready, reply.phase) == (("generate_prd",), True, "prd")


def test_a_go_live_sentence_is_a_date_and_no_condition() -> None:
    """I7"""
    talk = Talk()
    talk.say(PAIN, "It should go live by the end of June 2027.")
    assert talk.fact("timeline")["date"] == "2027-06-30"
    assert talk.fact("constraints") is None


def test_a_person_called_like_a_month_is_no_date() -> None:
    """I8"""
    talk = Talk()
    talk.say(PAIN, "I decide together with our CEO Jan Petersen.")
    assert talk.fact("timeline") is None
    assert talk.fact("decision_maker") == {"self": True, "name": "Jan Petersen"}


def test_a_no_to_the_experts_is_taken_for_an_answer() -> None:
    talk = Talk()
    talk.say("I'm Anna Berg from Nordwind Logistics. " + PAIN)
    talk.reply = confirm(True, talk.ledger, talk.reply.state, Knowledge.default(), now=NOW)
    talk.say("No, that's all.")
    assert talk.reply.asking == ()
    assert "?" not in talk.reply.text


def test_a_figure_said_with_a_maybe_is_an_answer() -> None:
    """I4 C5"""
    talk = Talk()
    talk.say(
        "We drown in phone calls at our practice", "it's maybe 90 calls a day and half just want appointment times"
    )
    assert "it's maybe 90 calls a day and half just want appointment times" in talk.fact("challenges")


def test_a_question_that_opens_the_story_gets_no_lecture() -> None:
    """C2"""
    talk = Talk()
    reply = talk.say("hey, can you help us? We drown in phone calls at our practice")
    assert "We work on three things" not in reply.text


def test_of_two_amounts_left_undecided_the_later_stands() -> None:
    """C9 I6"""
    talk = Talk()
    talk.say(
        "We lose orders", "40 a week", "Ada Byron, Lovelace Ltd", "We can spend 20k pounds", "The budget is 30k pounds"
    )
    assert talk.reply.asking == ("budget",)
    talk.say("We use Xero and Excel")
    assert talk.fact("budget")["max"] == 30000


def test_an_amount_that_refutes_the_held_one_needs_no_question() -> None:
    """C9 I6"""
    talk = Talk()
    talk.say("We lose orders", "40 a week", "Ada Byron, Lovelace Ltd", "We can spend 20k pounds")
    talk.say("the board granted 25k pounds, not 20k")
    assert (talk.fact("budget")["max"], talk.reply.state.pending) == (25000, None)


def test_the_digits_of_a_telephone_are_no_budget() -> None:
    """I6"""
    talk = Talk()
    talk.say("We lose orders", "40 a week", "Telephone, if you'd rather: +44 1509 233414")
    assert (talk.fact("phone"), talk.fact("budget")) == ("+441509233414", None)


def test_an_address_spelled_right_later_takes_the_place_of_the_first() -> None:
    """I2 C9"""
    talk = Talk()
    talk.say("We lose orders", "40 a week", "my mail is paddy@curraghbloodstok.ie", "its paddy@curraghbloodstock.ie")
    assert talk.fact("email") == "paddy@curraghbloodstock.ie"
