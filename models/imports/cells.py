"""Single cells into values; each reader notes a fault and hands back a harmless value, so a row tells all at once."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from models.appointments import normal_number
from models.imports.reading import Fault, Row
from models.typed import is_email, is_phone, plain
from models.wall_time import Trouble, read_wall_time

FORMULA_SIGNS = ("=", "+", "-", "@")
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
EARLIEST = date(1900, 1, 1)

_DAY = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
_COUNT = re.compile(r"[0-9]{1,9}")
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")
_SPACED = re.compile(r"[A-Za-z0-9 -]+")


class Cells:
    """The cells of one row on their way to values."""

    def __init__(self, row: Row) -> None:
        self.number = row.number
        self.faults: list[Fault] = list(row.faults)
        self._cells = row.cells
        self._marked = row.marked

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self._cells

    def fault(self, column: str, code: str, told: str = "") -> None:
        """Note what is wrong with a cell; `told` is what was wanted instead."""
        self.faults.append(Fault(self.number, code, column, told))

    def raw(self, column: str) -> str:
        """A cell as it stands in the file."""
        return self._cells.get(column, "")

    def plain(self, column: str) -> str:
        """A cell without what cannot be seen."""
        return plain(self.raw(column))

    def words(self, column: str, *, required: bool = False, lines: bool = False) -> str:
        """Free text, kept as written. What a spreadsheet would run as a formula must be marked as text."""
        text = self.raw(column)
        if text.startswith(FORMULA_SIGNS) and column not in self._marked:
            self.fault(column, "formula")
        if required and not text:
            self.fault(column, "empty_cell")
        if not lines and ("\n" in text or "\r" in text):
            self.fault(column, "line_end")
        return text

    def code(self, column: str, pattern: re.Pattern[str], wanted: str) -> str:
        """A code in capitals."""
        text = self.plain(column).upper()
        if not pattern.fullmatch(text):
            self.fault(column, "code" if text else "empty_cell", wanted)
        return text

    def number_of(self, column: str, shortest: int, longest: int, *, required: bool = False) -> str:
        """A number as people write it, letters and digits with spaces and dashes, in its normal form."""
        text = self.plain(column)
        if not text and not required:
            return ""
        normal = normal_number(text)
        if not _SPACED.fullmatch(text) or not shortest <= len(normal) <= longest:
            self.fault(column, "number" if text else "empty_cell", f"{shortest} to {longest}")
        return normal

    def choice(self, column: str, known: Iterable[str], default: str = "") -> str:
        """One of the known words."""
        text = self.plain(column).lower() or default
        choices = tuple(str(choice) for choice in known)
        if text not in choices:
            self.fault(column, "choice" if text else "empty_cell", ", ".join(choices))
        return text

    def yes_no(self, column: str) -> bool:
        """Yes or no; an empty cell is no."""
        text = self.plain(column).lower()
        if text and text not in YES_NO:
            self.fault(column, "yes_no")
        return YES_NO.get(text, False)

    def count(self, column: str, lowest: int, highest: int, default: int | None = None) -> int:
        """A whole number between two others."""
        text = self.plain(column)
        if not text and default is not None:
            return default
        value = int(text) if _COUNT.fullmatch(text) else -1
        if not lowest <= value <= highest:
            self.fault(column, "count" if text else "empty_cell", f"{lowest} to {highest:,}")
        return value

    def degrees(self, column: str, highest: int) -> float | None:
        """A latitude or longitude, None for an empty cell."""
        text = self.plain(column)
        if not text:
            return None
        value = float(text) if _NUMBER.fullmatch(text) else math.inf
        if abs(value) > highest:
            self.fault(column, "degrees", f"-{highest} to {highest}")
        return value

    def day(self, column: str) -> date:
        """A day written as 2026-12-31."""
        text = self.plain(column)
        try:
            if _DAY.fullmatch(text) and (value := date.fromisoformat(text)) >= EARLIEST:
                return value
        except ValueError:  # 30 February
            pass
        self.fault(column, "day" if text else "empty_cell")
        return EARLIEST

    def wall_time(self, column: str, zone: ZoneInfo) -> datetime | None:
        """The instant of a wall time on an office's clock."""
        text = self.plain(column)
        found = read_wall_time(text, zone)
        if isinstance(found, Trouble):
            self.fault(column, f"time_{found}" if text else "empty_cell", zone.key)
            return None
        return found

    def email(self, column: str) -> str:
        """An e-mail address or nothing."""
        text = self.plain(column)
        if text and not is_email(text):
            self.fault(column, "email")
        return text

    def phone(self, column: str) -> str:
        """A telephone number or nothing."""
        text = self.plain(column)
        if text and not is_phone(text):
            self.fault(column, "phone")
        return text
