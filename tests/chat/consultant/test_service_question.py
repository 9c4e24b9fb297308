"""L2: two services that fit about as well are put to the visitor, once."""

from chat import shapes
from tests.chat.consultant.talking import Talk

BETWEEN = (
    "We want to try AI in support and get better reporting",
    "about 30 hours a week",
    "Ada Byron, Lovelace Ltd",
    "software",
    "Jira",
    "10 hours a week less",
    "by June",
    "40k dollars",
    "I decide",
    "we are 40 people",
    "ada@lovelace.example",
    "yes, you may",
)


def test_the_visitor_chooses_between_two_services_by_button() -> None:
    """L2"""
    talk = Talk()
    reply = talk.say(*BETWEEN)
    offered = [r.command for r in reply.quick_replies]
    assert offered == [shapes.Intent("ai_strategy"), shapes.Intent("data_intelligence")]
    reply = talk.press(offered[1])
    assert (reply.service, reply.asking) == ("data_intelligence", ("confirm",))


def test_the_visitor_chooses_between_two_services_in_words() -> None:
    """L2"""
    talk = Talk()
    talk.say(*BETWEEN)
    assert talk.say("rather the reporting and analytics").service == "data_intelligence"


def test_the_question_is_not_put_again() -> None:
    """L2"""
    talk = Talk()
    talk.say(*BETWEEN)
    assert talk.say("hard to say").asking == ("confirm",)
