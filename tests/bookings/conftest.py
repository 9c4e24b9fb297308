import pytest

from chat.models import Session
from experts.models import Expert
from tests.bookings.people import make_expert, make_visitor


@pytest.fixture
def ann(db: None) -> Expert:
    return make_expert()


@pytest.fixture
def vera(db: None) -> Session:
    return make_visitor()


@pytest.fixture
def walid(db: None) -> Session:
    return make_visitor()
