"""Experts out to an Excel file and in again; what a hostile file hides in it is neither computed nor unpacked."""

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from experts.admin import excel, sheet
from experts.models import Expert, WeeklyHours
from tests.staff import staff

pytestmark = pytest.mark.django_db

HEAD = ["email", "name", "role", "timezone", "duration", "is_active", "monday"]
BO: list[Any] = ["bo@example.com", "Bo", "Analyst", "Asia/Kathmandu", 45, True, "10:00-14:00"]


@pytest.fixture
def ann() -> Expert:
    expert = Expert.objects.create(
        name="Ann Ōta", email="ann@example.com", role="Engineer", timezone="Europe/Berlin", bio="Says: hi,\nhello",
        languages=["en", "de"], daily_cap=3,
    )  # fmt: skip
    WeeklyHours.objects.create(expert=expert, weekday=0, start=780, end=1440)
    return expert


def saved(*rows: list[Any]) -> bytes:
    book, file = Workbook(), BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(file)
    return file.getvalue()


def exported() -> bytes:
    file = BytesIO()
    sheet.write_xlsx(Expert.objects.all(), file)
    return file.getvalue()


def show(client: Client, content: bytes) -> Any:
    return client.post(reverse("admin:experts_expert_import"), {"file": SimpleUploadedFile("experts.xlsx", content)})


def test_what_was_exported_changes_nothing(ann: Expert) -> None:
    lines = sheet.read(sheet.decode(exported()))
    assert [(line.is_new, line.changes, line.errors) for line in lines] == [(False, [], ())]


@pytest.mark.parametrize("role", ["=1+1", "+49 30", "-2", "@SUM(A1)", '=HYPERLINK("http://evil")'])
def test_no_exported_cell_is_computed_and_every_cell_comes_back(ann: Expert, role: str) -> None:
    """A4"""
    Expert.objects.update(role=role)
    rows = list(load_workbook(BytesIO(exported())).worksheets[0].iter_rows())
    cell = rows[1][[each.value for each in rows[0]].index("role")]
    assert (cell.value, cell.data_type, cell.quotePrefix) == (role, "s", True)
    assert sheet.read(sheet.decode(exported()))[0].form.data["role"] == role


def test_a_file_from_excel_is_shown_and_kept_when_asked() -> None:
    """A2 E1"""
    sales = staff("Sales")
    shown = show(sales, saved(HEAD, BO, [None] * 7))
    assert [(line.number, line.is_new, line.errors) for line in shown.context["lines"]] == [(2, True, ())]
    assert not Expert.objects.exists()
    sales.post(reverse("admin:experts_expert_import"), {"text": shown.context["text"], "keep": "1"})
    bo = Expert.objects.get()
    assert (bo.name, bo.duration, bo.is_active) == ("Bo", 45, True)
    assert list(bo.weekly_hours.values_list("weekday", "start", "end")) == [(0, 600, 840)]


def test_a_number_is_read_as_it_is_typed() -> None:
    assert excel.as_csv(saved(["a", "b", "c"], [30.0, 1.5, None]), most_rows=5) == "a,b,c\n30,1.5,\n"


def test_a_formula_is_refused() -> None:
    """Q8"""
    page = show(staff("Sales"), saved(HEAD, [*BO[:2], '=WEBSERVICE("http://evil")', *BO[3:]]))
    assert "Row 2 has a formula" in page.content.decode()
    assert not Expert.objects.exists()


def bomb() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (excel.MOST_UNPACKED + 1))
    return file.getvalue()


def another_archive() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("hello.txt", "hello")
    return file.getvalue()


def broken_part() -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(HEAD, BO))) as whole, zipfile.ZipFile(file, "w") as archive:
        for name in whole.namelist():
            archive.writestr(name, b"<broken" if name.endswith("sheet1.xml") else whole.read(name))
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 and no archive", "cannot be read"),
        (another_archive(), "cannot be read"),
        (broken_part(), "cannot be read"),
        (bomb(), "more than 16 MB"),
        (saved(["email"], *[["a@b.example"]] * 501), "between 1 and 500 rows"),
        (saved(["name"], ["Bo"]), "no column called email"),
        (saved(HEAD, [*BO, "more"]), "Row 2 has more or fewer"),
    ],
    ids=["no archive", "another archive", "broken part", "bomb", "too many rows", "no email", "too wide"],
)
def test_a_file_that_is_none_is_refused_with_a_hint(content: bytes, words: str) -> None:
    """Q8"""
    page = show(staff("Sales"), content)
    assert (page.status_code, words in page.content.decode()) == (200, True)
    assert not Expert.objects.exists()


def test_staff_get_the_file_and_viewers_do_not(ann: Expert) -> None:
    url = f"{reverse('admin:experts_expert_export')}?format=xlsx"
    answer = staff("Sales").get(url)
    assert load_workbook(BytesIO(answer.content)).worksheets[0]["A2"].value == "ann@example.com"
    assert ".xlsx" in answer["Content-Disposition"]
    assert staff("Viewers").get(url).status_code == 403
