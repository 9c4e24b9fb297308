"""An Excel file read as the CSV that its table would be: values only, within bounds, and nothing of it is computed."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

SIGNATURE = b"PK\x03\x04"
MOST_UNPACKED = 16 * 1024 * 1024
MOST_COLUMNS = 60
_UNREADABLE = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError)


class BadBook(ValueError):
    """The text tells why the file cannot be read."""


def as_csv(content: bytes, *, most_rows: int) -> str:
    """The first sheet; raises BadBook for a formula, and for what is too large or no such file."""
    try:
        _demand_small(content)
        rows = list(_rows(content, most_rows))
    except BadBook:
        raise
    except (*_UNREADABLE, SyntaxError) as error:  # a broken part is a ParseError, which is a SyntaxError
        raise BadBook("This Excel file cannot be read. Save it anew as .xlsx, or as CSV in UTF-8.") from error
    while rows and not any(rows[-1]):
        rows.pop()
    file = StringIO(newline="")
    csv.writer(file, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _demand_small(content: bytes) -> None:
    """A few bytes can unpack to gigabytes; an entry never unpacks to more than it declares."""
    with ZipFile(BytesIO(content)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            raise BadBook("The Excel file unpacks to more than 16 MB.")


def _rows(content: bytes, most_rows: int) -> Iterator[list[str]]:
    book = load_workbook(BytesIO(content), read_only=True, keep_links=False)
    width = 0
    for number, cells in enumerate(book.worksheets[0].iter_rows(max_col=MOST_COLUMNS), start=1):
        if number > most_rows + 1:
            raise BadBook(f"There must be between 1 and {most_rows} rows below the names of the columns.")
        row = [_text(cell, number) for cell in cells]
        while len(row) > width and not row[-1]:
            row.pop()
        width = width or len(row)
        yield row


def _text(cell: Any, row: int) -> str:
    """As it would be typed; a formula is refused, for what it shows is not what it says."""
    if cell.data_type == "f":
        raise BadBook(f"Row {row} has a formula. Put its value in its place.")
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
