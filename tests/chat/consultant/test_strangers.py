"""What strangers say in their own way: firms, tools, moved dates, who signs, what must hold."""

from typing import Any

import pytest

from chat.consultant.commands import SetFact
from chat.consultant.state import State, Turn
from chat.consultant.understand import understand
from tests.chat.consultant.talking import NOW


def heard(language: str, asked: str, text: str, slot: str) -> list[Any]:
    """The values that ``text`` gives for ``slot`` when ``asked`` was our last question."""
    state = State(language=language, heard=language, asking=(asked,), turns=3)
    commands = understand(Turn(text=text, number=3, now=NOW), state)
    return [c.value for c in commands if isinstance(c, SetFact) and c.slot == slot]


@pytest.mark.parametrize(
    ("language", "text", "company"),
    [
        ("de", "Moin, ich bin Wiebke Janssen von der Seilerei Harms, alles läuft auf Zuruf", "Seilerei Harms"),
        ("en", "Hi, Tomasz from Ropewalk Brewing, our orders get lost", "Ropewalk Brewing"),
        ("fr", "La compagnie c'est Granit Boréal inc.", "Granit Boréal inc"),
        ("es", "Buenas, les escribo de Viveros Alcaraz, perdemos pedidos", "Viveros Alcaraz"),
        ("ja", "株式会社ひなたの山口です。発注ミスが多くて困っています", "株式会社ひなた"),
        ("ar", "معكم هند الرشيد من شركة نسيم للعطور، الطلبات تضيع", "شركة نسيم للعطور"),
    ],
)
def test_a_firm_is_heard_in_passing(language: str, text: str, company: str) -> None:
    """C3"""
    assert heard(language, "challenges", text, "company") == [company]


@pytest.mark.parametrize(
    ("language", "text"),
    [("fr", "dans la menuiserie, plutôt"), ("ar", "ضيافة وتنظيم حفلات"), ("en", "in catering")],
)
def test_a_trade_is_no_company(language: str, text: str) -> None:
    """C3"""
    assert heard(language, "company", text, "company") == []


def test_an_unknown_tool_beside_known_ones_is_taken() -> None:
    """C3"""
    assert set(heard("es", "success_criteria", "Usamos Exonube, WhatsApp y SAP", "tech_stack")) == {
        "Exonube",
        "WhatsApp",
        "SAP",
    }


@pytest.mark.parametrize(
    ("language", "text", "date"),
    [
        ("en", "Not June but September please", "2027-09-30"),
        ("en", "Hang on, it got put back to 30 August", "2027-08-30"),
        ("fr", "Finalement ce ne sera pas mars mais juin", "2027-06-30"),
        ("ja", "3月ではなく5月末にしてください", "2027-05-31"),
    ],
)
def test_a_moved_date_is_a_correction(language: str, text: str, date: str) -> None:
    """C9"""
    assert [value["date"] for value in heard(language, "confirm", text, "timeline")] == [date]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "The trustees vote on it, Harriet Bloom chairs them", "Harriet Bloom"),
        ("de", "Der Vorstand stimmt ab, Vorsitzende ist Ulla Brandt", "Ulla Brandt"),
        ("es", "Lo firma mi tía Remedios Cano", "Remedios Cano"),
        ("fr", "il faut l'accord de Bernard Colin, le trésorier", "Bernard Colin"),
    ],
)
def test_who_decides_may_be_named_indirectly(language: str, text: str, name: str) -> None:
    """C3"""
    assert heard(language, "decision_maker", text, "decision_maker") == [{"self": False, "name": name}]


def test_a_duty_is_a_condition_unless_problems_were_asked() -> None:
    """C3"""
    text = "Staff can only use company laptops"
    assert heard("en", "email", text, "constraints") == [text]
    assert heard("en", "challenges", text, "constraints") == []
