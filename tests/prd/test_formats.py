"""One document in the formats people ask for."""

import importlib
from typing import Any

import pytest

from chat.errors import Unavailable
from prd import formats, word
from prd.models import PrdVersion
from prd.render import html
from tests.prd.conversations import TALKS
from tests.prd.people import spoken


@pytest.fixture
def version(quiet: None) -> PrdVersion:
    return spoken(TALKS["dentist"])


def test_html_stands_alone_and_says_its_language(version: PrdVersion) -> None:
    page = formats.page(version)
    assert '<html lang="en" dir="ltr">' in page
    assert "sec:summary" not in page
    assert "<script" not in page
    assert "prompt_version" not in page


def test_arabic_reads_from_the_right(quiet: None) -> None:
    assert 'dir="rtl"' in formats.page(spoken(TALKS["shipping"]))


def test_words_of_a_visitor_are_shown_and_never_run() -> None:
    """Q2"""
    assert "<script>" not in html("“<script>alert(1)</script>” [m2] <img src=x onerror=alert(1)>")


def test_a_missing_library_is_a_clear_message(version: PrdVersion, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Any:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(Unavailable, match="Pango"):
        formats.file(version, "pdf")
    assert formats.file(version, "html").body


def test_pdf_is_one(version: PrdVersion) -> None:
    pytest.importorskip("weasyprint")
    assert formats.file(version, "pdf").body.startswith(b"%PDF-")


def test_a_document_fetches_nothing() -> None:
    with pytest.raises(ValueError, match="fetches nothing"):
        formats._deny("http://127.0.0.1/")


def test_word_holds_headings_and_tables(version: PrdVersion) -> None:
    docx = pytest.importorskip("docx")
    file = word.write(docx, version.markdown)
    assert [p.text for p in file.paragraphs if p.style.name == "Heading 2"][:2] == ["Summary", "The problem"]
    assert len(file.tables) == 7
