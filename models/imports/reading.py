"""A CSV file as rows of named cells; what cannot be read is a fault with its row, never a guess."""

from __future__ import annotations

import codecs
import csv
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.typed import has_control

ROW_LIMIT = 200_000
BYTE_LIMIT = 128 * 1024 * 1024
CELL_LIMIT = 1000
WHOLE_FILE = 0

# how files begin that are something else under the name of a CSV file
_OTHER_BEGINNINGS = (
    (codecs.BOM_UTF16_LE, "utf_16"),
    (codecs.BOM_UTF16_BE, "utf_16"),
    (b"PK\x03\x04", "workbook"),
    (b"\xd0\xcf\x11\xe0", "workbook"),
    (b"%PDF", "not_a_table"),
    (b"\x1f\x8b", "not_a_table"),
)


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row (1 = the header, 0 = the whole file): a code, its column, and figures that help."""

    row: int
    code: str
    column: str = ""
    told: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns that a file must have, and those that it may have besides."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def known(self) -> tuple[str, ...]:
        """All columns that a file may have."""
        return self.required + self.optional


@dataclass(frozen=True)
class Row:
    """One row under its number as a spreadsheet shows it; `faults` when its cells cannot be used.

    `marked`: the columns whose leading apostrophe said "this is text" and was taken off.
    """

    number: int
    cells: dict[str, str]
    marked: frozenset[str] = frozenset()
    faults: tuple[Fault, ...] = ()


class Unreadable(Exception):
    """The file cannot be read on from here; holds the one fault that says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


class Reading:
    """A file being read once; `bytes_read` says how far."""

    def __init__(self, path: Path, columns: Columns) -> None:
        self.path = path
        self.columns = columns
        self.bytes_read = 0

    def rows(self) -> Iterator[Row]:
        """The rows below the header. Raises Unreadable, at once or on the way."""
        with self.path.open("rb") as binary:
            _check_beginning(binary.read(4096), os.fstat(binary.fileno()).st_size)
            binary.seek(0)
            # bytes that are not UTF-8 become half characters here and are found, with their row, as such
            text = io.TextIOWrapper(binary, encoding="utf-8-sig", errors="surrogateescape", newline="")
            records = _records(text)
            header = _header(next(records, (1, []))[1], self.columns)
            found = 0
            for number, record in records:
                self.bytes_read = binary.tell()
                if not record:
                    continue
                found += 1
                if found > ROW_LIMIT:
                    raise Unreadable(Fault(WHOLE_FILE, "too_many_rows", told=f"{ROW_LIMIT:,}"))
                yield _row(number, header, record)
            if not found:
                raise Unreadable(Fault(WHOLE_FILE, "no_rows"))


def _check_beginning(begins: bytes, size: int) -> None:
    for sign, code in _OTHER_BEGINNINGS:
        if begins.startswith(sign):
            raise Unreadable(Fault(WHOLE_FILE, code))
    if len(begins) >= 4 and (begins[1:4:2] == b"\0\0" or begins[0:4:2] == b"\0\0"):
        raise Unreadable(Fault(WHOLE_FILE, "utf_16"))
    if size > BYTE_LIMIT:
        raise Unreadable(Fault(WHOLE_FILE, "too_large", told=f"{BYTE_LIMIT // 1024 // 1024}"))


def _records(text: io.TextIOWrapper) -> Iterator[tuple[int, list[str]]]:
    """Each record with its number; an empty list for an empty line."""
    reader = csv.reader(text, strict=True)
    number = 0
    while True:
        number += 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise Unreadable(Fault(number, "quote")) from problem
        yield number, record if any(cell.strip() for cell in record) else []


def _header(record: list[str], columns: Columns) -> list[str]:
    names = [name.strip().lower() for name in record]
    if not names:
        raise Unreadable(Fault(WHOLE_FILE, "empty"))
    if any("\udc80" <= letter <= "\udcff" for name in names for letter in name):
        raise Unreadable(Fault(WHOLE_FILE, "not_utf_8"))
    if len(names) == 1 and (";" in names[0] or "\t" in names[0]):
        raise Unreadable(Fault(1, "separator"))
    missing = [name for name in columns.required if name not in names]
    twice = sorted({name for name in names if names.count(name) > 1 and name})
    unknown = [name for name in names if name not in columns.known]
    for code, found in (("column_twice", twice), ("column_missing", missing)):
        if found:
            raise Unreadable(Fault(1, code, told=", ".join(found)))
    if unknown:  # not told back: a file without a header has people's data in this row
        raise Unreadable(Fault(1, "column_unknown", told=", ".join(columns.known)))
    return names


def _row(number: int, header: list[str], record: list[str]) -> Row:
    if len(record) != len(header):
        told = f"{len(record)} of {len(header)}"
        return Row(number, {}, faults=(Fault(number, "width", told=told),))
    written = {name: cell.strip() for name, cell in zip(header, record, strict=True)}
    marked = frozenset(name for name, cell in written.items() if cell.startswith("'"))
    cells = {name: cell.removeprefix("'") for name, cell in written.items()}
    faults = tuple(Fault(number, code, name) for name, cell in cells.items() if (code := _trouble(cell)))
    return Row(number, cells, marked, faults)


def _trouble(cell: str) -> str | None:
    if len(cell) > CELL_LIMIT:
        return "too_long"
    if cell.isprintable() or not has_control(cell):
        return None
    return "not_utf_8" if any("\udc80" <= letter <= "\udcff" for letter in cell) else "control"
