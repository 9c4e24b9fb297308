"""Experts as a table for spreadsheets, out and in. What comes in is checked by the same form that staff fill in."""

import calendar
import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import IO

from django.db import transaction

from chat.admin import workbook
from chat.admin.leads import FORMULA_STARTS, Writable, cell
from chat.publish import nudge
from experts import hours
from experts.admin import excel
from experts.forms import DAYS, LISTS, ExpertForm
from experts.models import Expert
from experts.services import topic

PLAIN = (
    "email", "name", "role", "bio", "timezone", "country", "capacity", "duration", "interval", "buffer_before",
    "buffer_after", "notice", "horizon", "daily_cap",
)  # fmt: skip
WEEK = dict(zip((name.lower() for name in calendar.day_name), DAYS, strict=True))
COLUMNS = (*PLAIN, "is_active", *LISTS, *WEEK)
MOST_BYTES, MOST_ROWS = 1024 * 1024, 500
_YES, _NO = {"yes", "true", "1", "x"}, {"no", "false", "0", ""}


class BadSheet(ValueError):
    """The text tells why the file as a whole cannot be read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file, counted as a spreadsheet counts, and what it would do."""

    number: int
    name: str
    form: ExpertForm
    errors: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        return bool(self.form.instance._state.adding)

    @property
    def changes(self) -> list[str]:
        return [name.removeprefix("hours_") for name in self.form.changed_data]


def _fields(expert: Expert) -> dict[str, str]:
    """An expert as the cells of one row."""
    known = [] if expert._state.adding else list(expert.weekly_hours.all())
    plain = {name: getattr(expert, name) for name in PLAIN}
    return {
        **{name: "" if value is None else str(value) for name, value in plain.items()},
        "is_active": "yes" if expert.is_active else "no",
        **{name: ", ".join(getattr(expert, name)) for name in LISTS},
        **{
            name: hours.write((row.start, row.end) for row in known if row.weekday == weekday)
            for weekday, name in enumerate(WEEK)
        },
    }


def write(experts: Iterable[Expert], file: Writable) -> None:
    """CSV with a byte-order mark, without which spreadsheets misread names."""
    file.write("\ufeff")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows({name: cell(text) for name, text in _fields(expert).items()} for expert in experts)


def write_xlsx(experts: Iterable[Expert], file: IO[bytes]) -> None:
    workbook.write("Experts", COLUMNS, (_fields(expert).values() for expert in experts), file)


def _unguarded(text: str) -> str:
    """Without the apostrophe that kept a spreadsheet from computing the cell."""
    text = text.strip()
    guarded = text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA_STARTS)
    return text[1:] if guarded else text


def decode(content: bytes) -> str:
    """The text of a CSV file, and of an Excel file as if it had been saved so."""
    if len(content) > MOST_BYTES:
        raise BadSheet("The file is larger than 1 MB.")
    if content.startswith(excel.SIGNATURE):
        try:
            return excel.as_csv(content, most_rows=MOST_ROWS)
        except excel.BadBook as error:
            raise BadSheet(str(error)) from error
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise BadSheet("Save the file as .xlsx, or as CSV in UTF-8.") from error


def _table(text: str) -> list[dict[str, str]]:
    """The rows by column; semicolons, which some spreadsheets write, are understood too."""
    head = text.partition("\n")[0]
    reader = csv.DictReader(
        StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",", strict=True
    )
    try:
        names = [str(name).strip().lower() for name in reader.fieldnames or ()]
        _check_columns(names)
        reader.fieldnames = names
        rows = list(reader)
    except csv.Error as error:
        raise BadSheet(f"This is not a CSV file: {error}.") from error
    if not 0 < len(rows) <= MOST_ROWS:
        raise BadSheet(f"There must be between 1 and {MOST_ROWS} rows below the names of the columns.")
    return rows


def _check_columns(names: Sequence[str]) -> None:
    if "email" not in names:
        raise BadSheet("There is no column called email, which tells the experts apart.")
    if wrong := sorted(name for name in set(names) if name not in COLUMNS or names.count(name) > 1):
        raise BadSheet(f"These columns are unknown or there twice: {', '.join(wrong)}.")


def _form(row: Mapping[str, str], expert: Expert) -> ExpertForm:
    """What the file does not say stays as it is, or as it is for every new expert."""
    data: dict[str, str] = {**_fields(expert), **row}
    active = data["is_active"].lower()
    data["is_active"] = "false" if active in _NO else "true"
    return ExpertForm({WEEK.get(name, name): text for name, text in data.items()}, instance=expert)


def _errors(form: ExpertForm, row: Mapping[str, str]) -> Iterator[str]:
    if row.get("is_active", "").lower() not in _YES | _NO:
        yield "is_active: write yes or no."
    for name, problems in form.errors.items():
        yield f"{name.removeprefix('hours_')}: {' '.join(map(str, problems))}"


def read(text: str) -> list[Line]:
    """What each row would do; changes nothing. Raises BadSheet when no row can be read at all."""
    known = {expert.email: expert for expert in Expert.objects.prefetch_related("weekly_hours")}
    lines, seen = [], dict[str, int]()
    for number, cells in enumerate(_table(text), start=2):
        if None in cells or None in cells.values():
            raise BadSheet(f"Row {number} has more or fewer cells than there are columns.")
        row = {name: _unguarded(value) for name, value in cells.items()}
        email = row["email"] = row["email"].lower()
        form = _form(row, known.get(email) or Expert())
        twice = [f"email: is in row {seen[email]} too."] if email in seen else []
        lines.append(Line(number, row.get("name") or email, form, (*twice, *_errors(form, row))))
        seen.setdefault(email, number)
    return lines


@transaction.atomic
def take(lines: Iterable[Line]) -> list[Expert]:
    """Keep what faultless rows say; returns the experts who are new or other than before."""
    changed = [line for line in lines if line.is_new or line.changes]
    for line in changed:
        line.form.save()
        line.form.save_hours()
        nudge(topic(line.form.instance.pk))
    return [line.form.instance for line in changed]
