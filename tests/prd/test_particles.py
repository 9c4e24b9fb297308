"""Arabic writes "and" and "the" in one word with a name; the document keeps to the visitor's whole words."""

from datetime import UTC, datetime

import pytest

from chat.consultant.ledger import Entry, fold
from prd.brief import Brief, Said
from prd.lint import lint
from prd.outline import write

DAY = datetime(2026, 11, 23, tzinfo=UTC).date()
PAIN = "نضيع 20 ساعة أسبوعيا في إدخال المواعيد يدويا"


def said(slot: str, value: str, quote: str, number: int, text: str) -> Entry:
    start = text.index(quote)
    return Entry(slot=slot, value=value, quote=quote, message=number, start=start, end=start + len(quote))


@pytest.mark.parametrize(
    ("text", "quote", "value"),
    [
        ("نستخدم واتساب وExcel", "Excel", "Excel"),
        ("نستخدم الواتساب يوميا", "واتساب", "WhatsApp"),
        ("نعمل على السجلات وإكسل", "إكسل", "Excel"),
    ],
)
def test_a_system_glued_to_a_particle_is_cited_by_a_whole_word(text: str, quote: str, value: str) -> None:
    """P2 P3"""
    entries = [said("challenges", PAIN, PAIN, 2, PAIN), said("tech_stack", value, quote, 4, text)]
    messages = [Said(2, "user", PAIN), Said(4, "user", text)]
    brief = Brief(language="ar", version=1, created=DAY, facts=fold(entries), messages=messages)
    assert lint(write(brief), brief) == []
