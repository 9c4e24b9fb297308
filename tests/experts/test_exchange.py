"""Experts out to a spreadsheet and in again: shown first, kept whole or not at all, and never computed."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from experts.admin import sheet
from experts.models import Expert, WeeklyHours
from tests.staff import staff

pytestmark = pytest.mark.django_db

NEW = {"email": "bo@example.com", "name": "Bo", "role": "Analyst", "timezone": "Asia/Kathmandu"}


@pytest.fixture
def sales() -> Client:
    return staff("Sales")


@pytest.fixture
def ann() -> Expert:
    expert = Expert.objects.create(
        name="Ann Ōta", email="ann@example.com", role="Engineer", timezone="Europe/Berlin", bio="Says: hi,\nhello",
        languages=["en", "de"], daily_cap=3,
    )  # fmt: skip
    WeeklyHours.objects.bulk_create(
        WeeklyHours(expert=expert, weekday=0, start=start, end=end) for start, end in ((540, 720), (780, 1440))
    )
    return expert


def written(*rows: dict[str, str], delimiter: str = ",") -> str:
    file = StringIO()
    writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def exported() -> str:
    file = StringIO()
    sheet.write(Expert.objects.all(), file)
    return file.getvalue().removeprefix("\ufeff")


def show(client: Client, content: str | bytes) -> Any:
    body = content if isinstance(content, bytes) else content.encode()
    return client.post(reverse("admin:experts_expert_import"), {"file": SimpleUploadedFile("experts.csv", body)})


def keep(client: Client, text: str) -> Any:
    return client.post(reverse("admin:experts_expert_import"), {"text": text, "keep": "1"}, follow=True)


def errors(text: str) -> list[tuple[int, tuple[str, ...]]]:
    return [(line.number, line.errors) for line in sheet.read(text) if line.errors]


def test_an_export_says_all_that_is_typed_about_an_expert(ann: Expert) -> None:
    row = next(csv.DictReader(StringIO(exported())))
    told = [row[name] for name in ("name", "bio", "languages", "monday", "tuesday", "daily_cap", "is_active")]
    assert told == ["Ann Ōta", "Says: hi,\nhello", "en, de", "09:00-12:00, 13:00-24:00", "", "3", "yes"]


def test_what_was_exported_changes_nothing(ann: Expert) -> None:
    assert [(line.is_new, line.changes, line.errors) for line in sheet.read(exported())] == [(False, [], ())]


@pytest.mark.parametrize("name", ["=1+1", "+49 30", "-2", "@SUM(A1)", "\t=1", " =1"])
def test_no_cell_is_computed_and_every_cell_comes_back(ann: Expert, name: str) -> None:
    Expert.objects.update(role=name)
    row = next(csv.DictReader(StringIO(exported())))
    assert row["role"].startswith("'")
    assert sheet.read(exported())[0].form.data["role"].strip() == name.strip()


def test_a_new_row_is_shown_and_kept_only_when_asked(sales: Client) -> None:
    """A2 E1"""
    text = written({**NEW, "monday": "10:00-14:00", "languages": "ne, en"})
    assert [line.is_new for line in show(sales, text).context["lines"]] == [True]
    assert not Expert.objects.exists()
    keep(sales, text)
    bo = Expert.objects.get()
    assert (bo.name, bo.duration, bo.languages, bo.is_active) == ("Bo", 30, ["ne", "en"], True)
    assert list(bo.weekly_hours.values_list("weekday", "start", "end")) == [(0, 600, 840)]


def test_only_the_columns_of_the_file_change_a_known_expert(sales: Client, ann: Expert) -> None:
    text = written({"email": "ANN@example.com", "capacity": "7", "tuesday": "09:00-10:00"})
    assert show(sales, text).context["lines"][0].changes == ["capacity", "tuesday"]
    keep(sales, text)
    ann.refresh_from_db()
    assert (ann.capacity, ann.name, ann.bio, ann.daily_cap) == (7, "Ann Ōta", "Says: hi,\nhello", 3)
    assert ann.weekly_hours.count() == 3


def test_faults_are_listed_by_row_and_nothing_is_kept(sales: Client) -> None:
    rows = [NEW, {**NEW, "email": "no"}, {**NEW, "email": "cy@example.com", "timezone": "Mars"}, {**NEW, "name": ""}]
    text = written(*rows)
    assert [number for number, _ in errors(text)] == [3, 4, 5]
    assert "email: is in row 2 too." in errors(text)[2][1]
    assert "Mars is not one of the available choices" in show(sales, text).content.decode()
    keep(sales, text)
    assert not Expert.objects.exists()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("monday", "9-17"),
        ("capacity", "many"),
        ("duration", "0"),
        ("is_active", "perhaps"),
        ("daily_cap", "-1"),
        ("buffer_after", "999"),
    ],
)
def test_what_the_form_would_refuse_is_refused(column: str, value: str) -> None:
    found = errors(written({**NEW, column: value}))
    assert [number for number, _ in found] == [2]
    assert found[0][1][0].startswith(f"{column}: ")


def test_semicolons_are_understood() -> None:
    assert [line.name for line in sheet.read(written({**NEW, "bio": "a, b"}, delimiter=";"))] == ["Bo"]


@pytest.mark.parametrize(("text", "active"), [("no", False), ("0", False), ("YES", True), ("x", True)])
def test_whether_an_expert_is_offered_is_said_in_words(sales: Client, text: str, active: bool) -> None:
    keep(sales, written({**NEW, "is_active": text}))
    assert Expert.objects.get().is_active is active


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no column called email"),
        (b"name\nBo\n", "no column called email"),
        (b"email\n", "between 1 and 500 rows"),
        (b"email,salary\na@b.example,1\n", "salary"),
        (b"email,email\na@b.example,1\n", "there twice"),
        (b"email,name\na@b.example\n", "Row 2 has more or fewer"),
        (b"email,name\na@b.example,A,B\n", "Row 2 has more or fewer"),
        ("email,name\na@b.example,Å".encode("latin-1"), "UTF-8"),
        (b'email,name\n"a@b.example,A\n', "not a CSV file"),
        (b"email\n" + b"a@b.example\n" * 501, "between 1 and 500 rows"),
        (b"email\n" + b"x" * 1024 * 1024, "larger than 1 MB"),
    ],
)
def test_a_file_that_is_none_is_refused_with_a_hint(sales: Client, content: bytes, words: str) -> None:
    """Q8"""
    response = show(sales, content or b"\n")
    assert words in response.content.decode()
    assert not Expert.objects.exists()


def test_staff_get_the_file(sales: Client, ann: Expert) -> None:
    response = sales.get(reverse("admin:experts_expert_export"))
    assert response.headers["Content-Type"].startswith("text/csv")
    assert response.content.decode().startswith("\ufeffemail,name")


def test_viewers_get_neither_addresses_nor_the_import(ann: Expert) -> None:
    viewer = staff("Viewers")
    assert viewer.get(reverse("admin:experts_expert_export")).status_code == 403
    assert show(viewer, written(NEW)).status_code == 403
    assert "Import" not in viewer.get(reverse("admin:experts_expert_changelist")).content.decode()
