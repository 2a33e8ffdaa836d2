"""Fields that several forms share: a day in three boxes, a number from paper, a one-time code, an e-mail address."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, Form, StringField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from models.typed import has_control, plain

PARTS = ("day", "month", "year")
LONGEST_PART = 10  # what is shown again of a box
OLDEST_YEARS = 130
EMAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]+@[^@\s<>()\[\],;:\\\"]+\.[^@\s<>()\[\],;:\\\".]+")
LONGEST_EMAIL = 254
CODE_LENGTH = 6

MISSING = {"day": _l("Add the day."), "month": _l("Add the month."), "year": _l("Add the year.")}
UNREADABLE = {
    "day": _l("Type the day as a number, 1 to 31."),
    "month": _l("Type the month as a number, 1 to 12."),
    "year": _l("Type the year with four digits."),
}


class FaultyDay(ValueError):
    """What to say of a day that cannot be read, and which boxes to mark."""

    def __init__(self, text: str, *faulty: str) -> None:
        super().__init__(text)
        self.faulty = list(faulty)


class DayField(Field):
    """A day as NAME-day, NAME-month and NAME-year, or as one ISO date in NAME; any script's digits.

    `values` is what was typed, `faulty` names the boxes to mark, `data` is a date or None.
    """

    asks = _l("Type the day, the month and the year.")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        self.values = dict.fromkeys(PARTS, "")
        self.faulty: list[str] = []
        if formdata is not None:
            whole = plain(formdata.get(self.name, ""))
            typed = _pieces(whole) if whole else [formdata.get(f"{self.name}-{part}", "") for part in PARTS]
            self.values = {part: text[:LONGEST_PART] for part, text in zip(PARTS, typed, strict=True)}
        super().process(formdata, data, extra_filters)
        if formdata is None and isinstance(self.data, date):
            shown = (self.data.day, self.data.month, self.data.year)
            self.values = {part: str(number) for part, number in zip(PARTS, shown, strict=True)}

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        self.data = None
        try:
            self.data = self._read()
        except FaultyDay as fault:
            self.faulty = fault.faulty
            raise

    def _read(self) -> date | None:
        typed = {part: plain(text) for part, text in self.values.items()}
        if not any(typed.values()):
            raise FaultyDay(str(self.asks), *PARTS)
        if missing := [part for part in PARTS if not typed[part]]:
            raise FaultyDay(str(MISSING[missing[0]]), *missing)
        if strange := [part for part in PARTS if not _fits(part, typed[part])]:
            raise FaultyDay(str(UNREADABLE[strange[0]]), *strange)
        day, month, year = (int(typed[part]) for part in PARTS)
        try:
            return date(year, month, day)
        except ValueError as impossible:
            if year == 0:
                raise FaultyDay(_("Check the year."), "year") from impossible
            raise FaultyDay(
                _("This day does not exist. Check the day and the month."), "day", "month"
            ) from impossible

    def refuse(self, text: str, *faulty: str) -> None:
        """Mark boxes and stop with what to do."""
        self.faulty = list(faulty)
        raise StopValidation(text)


class BirthDayField(DayField):
    """A day of birth: not ahead, and not longer ago than people live. The form carries `today`."""

    asks = _l("Type the date of birth.")

    def pre_validate(self, form: Form) -> None:
        if not isinstance(self.data, date):
            raise StopValidation
        if self.data > form.today:
            self.refuse(_("This day has not come yet. Check the year."), "year")
        if self.data.year < form.today.year - OLDEST_YEARS:
            self.refuse(_("This is too long ago. Check the year."), "year")


class PlainField(StringField):
    """A number or an address as its simplest equal text; what was typed is shown again as it was."""

    def process_formdata(self, valuelist: Sequence[Any]) -> None:
        super().process_formdata(valuelist)
        self.plain = plain(self.data or "")


class NumberField(PlainField):
    """A number as on a notice: letters and digits, with any spaces and dashes between them."""

    def __init__(self, label: Any, shortest: int, longest: int, **kwargs: Any) -> None:
        super().__init__(label, **kwargs)
        self.shortest, self.longest = shortest, longest

    def pre_validate(self, form: Form) -> None:
        bare = re.sub(r"[ -]", "", self.plain)
        if not bare:
            raise StopValidation(_("Type the confirmation number as on your notice."))
        if not (bare.isascii() and bare.isalnum()):
            raise StopValidation(_("Use only letters and numbers, as on your notice."))
        if len(bare) < self.shortest:
            asked = _(
                "This has %(count)s letters and numbers. It needs at least %(least)s.", **self._counts(bare)
            )
            raise StopValidation(asked)
        if len(bare) > self.longest:
            asked = _(
                "This has %(count)s letters and numbers. It has at most %(most)s.", **self._counts(bare)
            )
            raise StopValidation(asked)
        self.plain = bare.upper()

    def _counts(self, bare: str) -> dict[str, int]:
        return {"count": len(bare), "least": self.shortest, "most": self.longest}


class CodeField(PlainField):
    """The six digits of a one-time code, however they were spaced."""

    def pre_validate(self, form: Form) -> None:
        self.plain = re.sub(r"[\s-]", "", self.plain)
        if not (self.plain.isascii() and self.plain.isdigit() and len(self.plain) == CODE_LENGTH):
            raise StopValidation(_("Type the six digits of the code."))


class EmailField(PlainField):
    """An e-mail address that a letter can be sent to."""

    def pre_validate(self, form: Form) -> None:
        if not self.plain:
            raise StopValidation(_("Type your e-mail address."))
        readable = (
            len(self.plain) <= LONGEST_EMAIL and not has_control(self.plain) and self.plain.isprintable()
        )
        if not readable or not EMAIL.fullmatch(self.plain) or ".." in self.plain:
            raise StopValidation(_("Type the address in full, such as name@example.org."))


def _pieces(whole: str) -> list[str]:
    """The boxes that an ISO date stands for; other text goes whole into the year box, to be mended there."""
    pieces = whole.split("-")
    return [pieces[2], pieces[1], pieces[0]] if len(pieces) == len(PARTS) else ["", "", whole]


def _fits(part: str, text: str) -> bool:
    if not (text.isascii() and text.isdigit()):
        return False
    if part == "year":
        return len(text) == 4
    return len(text) <= 2 and int(text) > 0 and int(text) <= (31 if part == "day" else 12)
