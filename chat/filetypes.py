"""Whether a file is what its name says: by its bytes, never by what the browser claims. Pure."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from chat.errors import Invalid
from chat.shapes import ACCEPTED_FILES

_OPENINGS: Mapping[str, bytes] = {
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
    "jpeg": b"\xff\xd8\xff",
}
_INSIDE: Mapping[str, str] = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
LONGEST_NAME = 120
# Control characters, and those that turn the direction of text: "exe.fdp" must not read as "pdf.exe".
_UNWANTED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def plain_name(name: str) -> str:
    """The last part of a path without what could mislead a reader; its ending is kept when it is cut."""
    bare = _UNWANTED.sub("", re.split(r"[\\/]", name)[-1]).strip() or "file"
    stem, dot, ending = bare.rpartition(".")
    kept = stem[: max(0, LONGEST_NAME - len(ending) - 2)]
    return bare if len(bare) <= LONGEST_NAME else f"{kept}…{dot}{ending}"[:LONGEST_NAME]


def media_type(name: str, content: bytes) -> str:
    """The media type of a file that we accept. Raises Invalid with what is wrong with it."""
    ending = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    if ending not in ACCEPTED_FILES:
        raise _refusal(f"Files of this kind are not accepted. Accepted are {', '.join(ACCEPTED_FILES)}.")
    if not content:
        raise _refusal("This file is empty.")
    if not _is(ending, content):
        raise _refusal(f"This file is not what its name says: its content is no {ending}.")
    return ACCEPTED_FILES[ending]


def _refusal(message: str) -> Invalid:
    return Invalid.field("file", message)


def _is(ending: str, content: bytes) -> bool:
    tests: tuple[Callable[[], bool], ...] = (
        lambda: ending in _OPENINGS and content.startswith(_OPENINGS[ending]),
        lambda: ending == "webp" and content[:4] == b"RIFF" and content[8:12] == b"WEBP",
        lambda: ending in _INSIDE and _holds(content, _INSIDE[ending]),
        lambda: ending in ("txt", "md", "csv") and _is_text(content),
    )
    return any(test() for test in tests)


def _holds(content: bytes, part: str) -> bool:
    """Looks only at the archive's table of contents: nothing is unpacked."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return part in archive.namelist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
