"""Files that a visitor hands over: over the wire, on both deployments."""

import io
import zipfile
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from chat.errors import Invalid
from chat.filetypes import media_type, plain_name
from chat.shapes import ACCEPTED_FILES, MAX_FILE_BYTES
from tests.stack import Stack
from unobot.visitor import Frame, Visitor

PDF = b"%PDF-1.7\nrequirements"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(16)


def archive(part: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as made:
        made.writestr(part, "<xml/>")
    return content.getvalue()


CONTENT = {
    "pdf": PDF,
    "docx": archive("word/document.xml"),
    "xlsx": archive("xl/workbook.xml"),
    "pptx": archive("ppt/presentation.xml"),
    "png": PNG,
    "jpg": b"\xff\xd8\xff\xe0JFIF",
    "jpeg": b"\xff\xd8\xff\xe0JFIF",
    "webp": b"RIFF\x00\x00\x00\x00WEBPVP8 ",
    "txt": "Anforderungen für die Übergabe".encode(),
    "md": b"# Requirements",
    "csv": "名前,件数\n東京,3".encode(),
}


@pytest.fixture
async def ann(url: str) -> AsyncIterator[Visitor]:
    async with Visitor(url) as visitor:
        await visitor.start(language="en")
        yield visitor


async def attach(visitor: Visitor, name: str, content: bytes, client_id: str = "a1", **headers: str) -> httpx.Response:
    return await visitor.http.post(
        f"/api/v1/sessions/{visitor.session_id}/attachments",
        data={"id": client_id},
        files={"file": (name, content)},
        headers={**visitor.authorization, **headers},
    )


async def added(visitor: Visitor) -> Frame:
    attachment: Frame = (await visitor.expect("attachment_added"))["attachment"]
    return attachment


@pytest.mark.parametrize("ending", CONTENT)
def test_a_file_is_known_by_its_content(ending: str) -> None:
    """W23: each accepted kind, in small and in capital letters."""
    assert media_type(f"plan.{ending}", CONTENT[ending]) == ACCEPTED_FILES[ending]
    assert media_type(f"PLAN.{ending.upper()}", CONTENT[ending]) == ACCEPTED_FILES[ending]


def test_every_accepted_kind_is_tried() -> None:
    assert set(CONTENT) == set(ACCEPTED_FILES)


REFUSED = [
    ("plan.exe", b"MZ"),
    ("plan", PDF),
    ("plan.svg", b"<svg onload='alert(1)'/>"),
    ("plan.html", b"<script>alert(1)</script>"),
    ("plan.pdf", b""),
    ("plan.pdf", PNG),
    ("plan.png", PDF),
    ("plan.docx", CONTENT["xlsx"]),
    ("plan.docx", b"PK\x03\x04 cut off"),
    ("plan.txt", b"\xff\xfe\x00"),
    ("plan.csv", b"a,b\x00c"),
]


@pytest.mark.parametrize(("name", "content"), REFUSED)
def test_what_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    """W23 Q8"""
    with pytest.raises(Invalid):
        media_type(name, content)


NAMES = {
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\plans\\plan.pdf": "plan.pdf",
    "invoice\u202efdp.exe": "invoicefdp.exe",
    "a\x00b\n.md": "ab.md",
    "仕様書.pdf": "仕様書.pdf",
    "": "file",
}


@pytest.mark.parametrize("name", NAMES)
def test_a_name_cannot_mislead(name: str) -> None:
    assert plain_name(name) == NAMES[name]


def test_a_long_name_keeps_its_ending() -> None:
    shown = plain_name("plan" * 100 + ".pdf")
    assert len(shown) == 120
    assert shown.endswith("….pdf")


async def test_a_file_is_told_to_the_conversation_and_comes_back_as_it_was(ann: Visitor) -> None:
    """W23"""
    answer = (await attach(ann, "仕様書.pdf", PDF)).json()
    assert (answer["type"], answer["id"], answer["duplicate"]) == ("ack", "a1", False)
    told = await added(ann)
    assert (told["name"], told["media_type"], told["size"]) == ("仕様書.pdf", "application/pdf", len(PDF))
    file = await ann.http.get(told["url"], headers=ann.authorization)
    assert file.content == PDF
    assert file.headers["content-disposition"].startswith("attachment")
    assert file.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in file.headers["content-security-policy"]


async def test_the_bot_says_once_that_it_cannot_read_files_and_its_question_stays_open(ann: Visitor) -> None:
    greeting = (await ann.expect("message"))["ai_message"]
    for at in range(2):
        await attach(ann, f"{at}.md", b"# Plan", client_id=f"a{at}")
    await ann.expect(lambda frame: frame["type"] == "attachment_added" and frame["attachment"]["name"] == "1.md")
    remarks = [frame["ai_message"] for frame in ann.log if frame["type"] == "message"][1:]
    assert len(remarks) == 1
    assert "cannot read files" in remarks[0]["content"]
    assert remarks[0]["meta"]["quick_replies"] == greeting["meta"]["quick_replies"]


async def test_the_same_upload_again_is_kept_once(ann: Visitor) -> None:
    """Z2"""
    first, again = [(await attach(ann, "plan.pdf", PDF)).json() for _ in range(2)]
    assert (again["duplicate"], again["result"]) == (True, first["result"])
    other = await attach(ann, "other.pdf", PDF + b" and more")
    assert (other.status_code, other.json()["code"]) == (409, "conflict")


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 413), (MAX_FILE_BYTES, 413)])
async def test_five_megabytes_are_the_most(ann: Visitor, more: int, status: int) -> None:
    """Q8"""
    answer = await attach(ann, "plan.txt", b"x" * (MAX_FILE_BYTES + more))
    assert answer.status_code == status
    if status == 413:
        assert answer.json()["message"] == "A file may have at most 5 MB."


async def test_a_conversation_holds_ten_files(ann: Visitor) -> None:
    """Q8"""
    answers = [await attach(ann, "plan.pdf", PDF, client_id=f"a{at}") for at in range(11)]
    assert [answer.status_code for answer in answers] == [200] * 10 + [409]


@pytest.mark.parametrize(
    "body",
    [
        {"data": {"id": "a1"}},
        {"files": {"file": ("plan.pdf", PDF)}},
        {"data": {"id": "x" * 65}, "files": {"file": ("plan.pdf", PDF)}},
        {"data": {"id": "a1", **{f"field{at}": "x" for at in range(1001)}}, "files": {"file": ("plan.pdf", PDF)}},
        {"json": {"id": "a1"}},
    ],
)
async def test_a_malformed_upload_is_refused(ann: Visitor, body: dict[str, Any]) -> None:
    """Z6"""
    url = f"/api/v1/sessions/{ann.session_id}/attachments"
    answer = await ann.http.post(url, headers=ann.authorization, **body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


async def test_nobody_else_hands_in_or_takes_out(ann: Visitor, url: str) -> None:
    """Q1"""
    await attach(ann, "plan.pdf", PDF)
    place = (await added(ann))["url"]
    async with Visitor(url) as ben:
        await ben.start(language="en")
        refused = [
            await attach(ann, "plan.pdf", PDF, client_id="b1", **ben.authorization),
            await ann.http.get(place, headers=ben.authorization),
            await ann.http.get(place),
        ]
        moved = place.replace(ann.session_id, ben.session_id)
        strange = await ben.http.get(moved, headers=ben.authorization)
    assert [answer.status_code for answer in (*refused, strange)] == [403, 403, 403, 404]


async def test_an_erasure_takes_the_files_with_it(ann: Visitor, deployment: Stack) -> None:
    """I10"""
    await attach(ann, "plan.pdf", PDF)
    place = (await added(ann))["url"]
    folder = deployment.data / "attachments" / ann.session_id.replace("-", "")
    assert [path.read_bytes() for path in folder.iterdir()] == [PDF]
    export = await ann.http.get(f"/api/v1/sessions/{ann.session_id}/export", headers=ann.authorization)
    assert [file["name"] for file in export.json()["files"]] == ["plan.pdf"]
    assert (await ann.do("erase_data"))["result"]["files"] == 1
    await ann.do("erase_data", confirm=True)
    await ann.expect("session_erased")
    assert not folder.exists()
    assert (await ann.http.get(place, headers=ann.authorization)).status_code == 403
