"""The two forms of a move: the choice of time and reason, and its confirmation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, StringField, TextAreaField
from wtforms.validators import StopValidation

from models.outbox import Way
from models.slots import Slot
from models.typed import LINE_ENDS_AND_TABS
from views.wording import good_causes

MOST_DETAILS = 2000
KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
NUMBER = re.compile(r"[0-9]{1,15}")
MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def number(typed: str | None) -> int | None:
    """A whole number of up to 15 digits, or None."""
    return int(typed) if typed and NUMBER.fullmatch(typed) else None


def iso_day(typed: str | None) -> date | None:
    """A day as `2026-08-12`, or None; the first and the last year of the calendar have no room beside them."""
    if not typed or not DAY.fullmatch(typed):
        return None
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if date.min.year < found.year < date.max.year else None


def iso_month(typed: str | None) -> date | None:
    """The first day of a month as `2026-08`, or None."""
    return iso_day(f"{typed}-01") if typed and MONTH.fullmatch(typed) else None


def is_key(typed: str | None) -> bool:
    """Whether this can be a form key that a page of ours carried."""
    return bool(typed and KEY.fullmatch(typed))


def as_typed(text: str | None) -> str:
    """Free text as typed, one kind of line end; what no keyboard types is left out, except NUL, which is refused."""
    lines = (text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in lines if _stays(letter))


def _stays(letter: str) -> bool:
    return letter in LINE_ENDS_AND_TABS or letter == "\0" or unicodedata.category(letter) not in {"Cc", "Cs"}


class ChoiceForm(Form):
    """A time, a reason, and whether the person moved house. `find_slot` knows the times that may be wished."""

    slot = StringField(_l("Time"))
    good_cause = StringField(_l("Your reason for the move"))
    good_cause_details = TextAreaField(_l("In your own words"), filters=[as_typed])
    address_changed = BooleanField(_l("I moved house since the notice came"))

    chosen: Slot | None = None

    def __init__(self, *args: Any, find_slot: Callable[[int], Slot | None], **kwargs: Any) -> None:
        self.find_slot = find_slot
        super().__init__(*args, **kwargs)

    def validate_slot(self, field: StringField) -> None:
        if not field.data:
            raise StopValidation(_("Choose a time."))
        wanted = number(field.data)
        self.chosen = self.find_slot(wanted) if wanted is not None else None
        if self.chosen is None:
            raise StopValidation(_("Choose one of the times below."))

    def validate_good_cause(self, field: StringField) -> None:
        if field.data not in good_causes.WORDS:
            raise StopValidation(_("Choose the reason that fits best."))

    def validate_good_cause_details(self, field: TextAreaField) -> None:
        if "\0" in field.data:
            raise StopValidation(_("Type this again, with letters and signs from your keyboard only."))
        if len(field.data) > MOST_DETAILS:
            counts = {"most": MOST_DETAILS, "count": len(field.data)}
            raise StopValidation(
                _("Make this shorter: at most %(most)s letters. It has %(count)s.", **counts)
            )
        if self.good_cause.data == good_causes.OTHER and not field.data.strip():
            raise StopValidation(_("Say in a few words why you need another time."))


class ConfirmForm(Form):
    """How to send the proof. `ways` are those that reach this person."""

    contact_by = StringField(_l("Where do we send the proof?"), default=Way.EMAIL.value)

    def __init__(self, *args: Any, ways: Collection[str], **kwargs: Any) -> None:
        self.ways = ways
        super().__init__(*args, **kwargs)

    def validate_contact_by(self, field: StringField) -> None:
        if field.data not in self.ways:
            raise StopValidation(_("Choose where we send the proof."))
