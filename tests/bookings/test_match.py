import pytest

from bookings import services
from bookings.models import Placement
from chat import transcript
from chat.errors import Unavailable
from chat.models import Event, Session
from experts.models import Expert
from experts.seeding import seed
from tests.bookings.people import MONDAY, book, make_expert, make_visitor

SHOP = "We run a small chain of shops and need demand forecasting for our inventory."


def match(session: Session, said: str = SHOP) -> list[str]:
    transcript.add_message(session, "user", said, now=MONDAY)
    outcome = services.match_experts(session=session, now=MONDAY, limit=3)
    return [Expert.objects.get(pk=pk).name for pk in outcome.result["expert_ids"]]


@pytest.fixture
def everyone(db: None) -> None:
    seed(today=MONDAY.date())


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (SHOP, "Priya Raghunathan"),
        ("Our clinic must keep patient records HIPAA compliant and move them over FHIR.", "Emily Carter"),
        ("We want to move sixty servers to the cloud and cut the cloud bill.", "Layla Haddad"),
        ("Plan the delivery routes of our two hundred vans.", "Liam Whitaker"),
        ("A chatbot that answers our customers' questions.", "Amara Okafor"),
    ],
)
def test_who_fits_comes_first(everyone: None, vera: Session, said: str, name: str) -> None:
    """E4"""
    assert match(vera, said)[0] == name


def test_a_match_is_told_with_reasons_and_without_addresses(everyone: None, vera: Session) -> None:
    """E3"""
    match(vera)
    body = Event.objects.get(session=vera, type="experts_matched").body
    assert "@" not in body
    assert '"component":"capability"' in body


def test_equal_experts_take_turns(db: None) -> None:
    """E5"""
    for name in ("Ann", "Ben"):
        make_expert(name, specialties=["Demand forecasting"])
    firsts = [match(make_visitor())[0] for _ in range(4)]
    assert sorted(firsts) == ["Ann", "Ann", "Ben", "Ben"]
    assert Placement.objects.filter(place=1).count() == 4


def test_an_expert_without_a_free_place_is_not_proposed(ann: Expert, vera: Session, walid: Session) -> None:
    """E2"""
    Expert.objects.update(capacity=1)
    book(walid, ann)
    with pytest.raises(Unavailable):
        match(vera)
