"""Tables as Excel files. Text is stored as text, so that it stands there as it was said and is never computed."""

from collections.abc import Iterable, Sequence
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_IN_A_CELL = 32_767
Value = str | int | None


def write(title: str, header: Sequence[str], rows: Iterable[Iterable[Value]], file: IO[bytes]) -> None:
    """One sheet with a bold head that stays in sight."""
    book = Workbook(write_only=True)
    book.properties.creator = "UnoBot"
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for number, name in enumerate(header, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = max(14, len(name) + 2)
    sheet.append(_cell(sheet, name, bold=True) for name in header)
    for row in rows:
        sheet.append(_cell(sheet, value) for value in row)
    book.save(file)


def _cell(sheet: WriteOnlyWorksheet, value: Value, *, bold: bool = False) -> Cell:
    shown = ILLEGAL_CHARACTERS_RE.sub(" ", value)[:MOST_IN_A_CELL] if isinstance(value, str) else value
    made = WriteOnlyCell(sheet, value=shown)
    if isinstance(shown, str):
        made.data_type = "s"  # a leading "=" would make it a formula
        made.quotePrefix = True
    if bold:
        made.font = Font(bold=True)
    return made
