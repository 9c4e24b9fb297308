"""A version as a file in the formats people ask for; the heavy libraries are loaded when they are needed."""

import importlib
import logging
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.template.loader import render_to_string

from chat.errors import NotFound, Unavailable
from prd import word
from prd.models import PrdVersion
from prd.render import html
from prd.sharing import filename

# It names every glyph that a font lacks, and so would log a visitor's words letter by letter.
logging.getLogger("weasyprint").setLevel(logging.ERROR)

RIGHT_TO_LEFT = ("ar", "he", "fa", "ur")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True, slots=True)
class File:
    name: str
    mimetype: str
    body: bytes


def page(version: PrdVersion) -> str:
    """The document as a page of its own that needs nothing else: for reading, printing and the PDF."""
    text = version.markdown.removeprefix("---\n").partition("\n---\n")[2] or version.markdown
    direction = "rtl" if version.language in RIGHT_TO_LEFT else "ltr"
    context = {"title": version.title, "language": version.language, "direction": direction, "body": html(text)}
    return render_to_string("prd/document.html", context)


def _library(name: str, needs: str) -> Any:
    """A library that the product runs without; when it or what it needs is missing, the other formats go on."""
    try:
        return importlib.import_module(name)
    except (ImportError, OSError) as error:
        raise Unavailable(f"This format needs {needs} on the server. Take Markdown or HTML instead.") from error


def _deny(url: str, *arguments: object, **options: object) -> dict[str, Any]:
    raise ValueError(f"A document fetches nothing: {url}")


def _markdown(version: PrdVersion) -> bytes:
    return version.markdown.encode()


def _html(version: PrdVersion) -> bytes:
    return page(version).encode()


def _pdf(version: PrdVersion) -> bytes:
    weasyprint = _library("weasyprint", "WeasyPrint and the system library Pango (Debian: libpango-1.0-0)")
    body: bytes = weasyprint.HTML(string=page(version), url_fetcher=_deny).write_pdf()
    return body


def _docx(version: PrdVersion) -> bytes:
    library = _library("docx", "python-docx")
    file = BytesIO()
    word.write(library, version.markdown, rtl=version.language in RIGHT_TO_LEFT).save(file)
    return file.getvalue()


FORMATS = {
    "md": ("text/markdown; charset=utf-8", _markdown),
    "html": ("text/html; charset=utf-8", _html),
    "pdf": ("application/pdf", _pdf),
    "docx": (WORD, _docx),
}


def file(version: PrdVersion, extension: str) -> File:
    """Raises NotFound for a format that does not exist and Unavailable for one whose library is missing."""
    if extension not in FORMATS:
        raise NotFound(f"There is no such format. Take one of {', '.join(FORMATS)}.")
    mimetype, render = FORMATS[extension]
    return File(filename(version, extension), mimetype, render(version))
