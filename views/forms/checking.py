"""The quick check's questions. They identify nobody, so they may stand in an address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, StringField
from wtforms.validators import StopValidation

from models.checking import NO_CAUSE, Answers
from models.typed import plain
from views.forms.fields import PARTS, DayField
from views.wording import checking, good_causes

CLOCK = re.compile(r"([0-9]{1,2})(?:[:.h ]?([0-9]{2}))?\s*(am|pm)?")
FIRST_YEAR, LAST_YEAR = 2000, 2100
YES_NO = {"": None, "yes": True, "no": False}
LONGEST_SHOWN = 80


class ChoiceField(StringField):
    """One of a few codes, or none where it `may_be_open`; `short` names it in `You told us`."""

    data: Any

    def __init__(
        self, label: Any, short: Any, options: Mapping[str, Any], *, may_be_open: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(label, **kwargs)
        self.short, self.options, self.may_be_open = short, options, may_be_open

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        self.data = plain(self.data or "")[:LONGEST_SHOWN]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return [(code, str(label)) for code, label in self.options.items()]

    def pre_validate(self, form: Form) -> None:
        if not self.data and self.may_be_open:
            return
        if self.data not in self.options:
            raise StopValidation(_("Choose one of the answers."))


class YesNoField(ChoiceField):
    """Yes, no, or not answered."""

    def __init__(self, label: Any, short: Any, **kwargs: Any) -> None:
        super().__init__(label, short, checking.YES_NO, **kwargs)

    @property
    def told(self) -> bool | None:
        return YES_NO[self.data or ""]


class OfficeField(StringField):
    """One of the offices, by its name in addresses or its bare code. The form carries `sites`."""

    data: Any

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        typed = plain(self.data or "")[:LONGEST_SHOWN]
        self.data = typed if typed.startswith("asc-") or not typed else f"asc-{typed.upper()}"

    def pre_validate(self, form: Form) -> None:
        if self.data not in form.sites:
            raise StopValidation(_("Choose the office that is named on your notice."))


class ClockField(StringField):
    """A time of day; `told` is the time, `data` is what the box shows."""

    data: Any
    told: time | None = None

    def process_formdata(self, valuelist: Any) -> None:
        super().process_formdata(valuelist)
        self.data = (self.data or "")[:LONGEST_SHOWN]
        self.told = clock_time(self.data)
        if self.told is not None:
            self.data = self.told.isoformat("minutes")

    def pre_validate(self, form: Form) -> None:
        if not plain(self.data or ""):
            raise StopValidation(_("Type the time that is on your notice."))
        if self.told is None:
            raise StopValidation(_("Type the time as on your notice, such as 9:00 am."))


class AppointmentDayField(DayField):
    """The day on the notice. Days that are over are fine: the answer says so."""

    asks = _l("Type the day, the month and the year that are on your notice.")

    def pre_validate(self, form: Form) -> None:
        if self.data is not None and not FIRST_YEAR <= self.data.year < LAST_YEAR:
            self.refuse(_("Check the year."), "year")


class CheckForm(Form):
    """What the quick check asks. `sites` are the offices to choose from."""

    office = OfficeField(_l("At which office?"))
    date = AppointmentDayField(_l("When is it?"))
    time = ClockField(_l("Time"))
    moves = ChoiceField(
        _l("How many times have you moved it?"), _l("Times moved"), checking.MOVES, may_be_open=False
    )
    form = ChoiceField(_l("For which form?"), _l("Form"), checking.FORMS)
    good_cause = ChoiceField(
        _l("Why do you want to move it?"),
        _l("Reason"),
        {
            "": checking.NOT_YET,
            **{c: w.label for c, w in good_causes.WORDS.items()},
            NO_CAUSE: checking.NO_REASON,
        },
    )
    actor = ChoiceField(_l("Who asks?"), _l("Who asks"), checking.ACTORS, default="self")
    under_14 = YesNoField(_l("For a child: under 14?"), _l("Under 14"))
    g28 = YesNoField(_l("For representatives: is Form G-28 on file?"), _l("G-28 on file"))
    status = ChoiceField(
        _l("What became of the appointment?"), _l("What became of it"), checking.STATES, default="scheduled"
    )
    place = ChoiceField(
        _l("Where are the fingerprints taken?"), _l("Fingerprints taken"), checking.PLACES, default="asc"
    )
    office_moves = ChoiceField(
        _l("How many times has the office moved it?"), _l("Moved by the office"), checking.MOVES_BY_OFFICE
    )
    asylum = YesNoField(_l("For Form I-765: is it based on asylum (category c8)?"), _l("Based on asylum"))
    early = YesNoField(
        _l("For adoption forms: was this date set before 29 May 2024?"), _l("Set before 29 May 2024")
    )
    account = YesNoField(_l("Do you have a USCIS online account?"), _l("Online account"))
    tool = YesNoField(_l("Does the agency's online tool work for you?"), _l("Online tool works"))
    address = YesNoField(_l("Did you move house since the notice came?"), _l("Moved house"))

    def __init__(self, *args: Any, sites: Mapping[str, str], **kwargs: Any) -> None:
        self.sites = sites
        super().__init__(*args, **kwargs)

    @property
    def offices(self) -> list[tuple[str, str]]:
        return [("", _("Choose")), *self.sites.items()]

    @property
    def more_is_told(self) -> bool:
        """Whether a question of the folded part was answered."""
        folded = list(self)[list(self._fields).index("actor") :]
        return any(field.data and field.data != field.default for field in folded)

    def told_names(self) -> set[str]:
        """The names under which answers can stand in an address."""
        return {*self._fields, *(f"{self.date.name}-{part}" for part in PARTS)}

    def told_query(self) -> dict[str, str]:
        """The answers as they stand in an address, without those left open; of a form that is in order."""
        told = {name: field.data for name, field in self._fields.items() if name != "date" and field.data}
        assert self.date.data is not None
        return {**told, "date": self.date.data.isoformat()}

    def told_rows(self) -> list[tuple[str, str]]:
        """What was told beyond the office and the time, as `You told us` shows it."""
        fields = [field for field in self if isinstance(field, ChoiceField) and field.data]
        return [
            (field.short, str(field.options[field.data])) for field in fields if field.data != field.default
        ]

    def answers(self) -> Answers:
        """What was told, of a form that is in order."""
        assert self.date.data is not None
        assert self.time.told is not None
        return Answers(
            starts_local=datetime.combine(self.date.data, self.time.told),
            moves=int(self.moves.data),
            form=self.form.data or "",
            good_cause=self.good_cause.data or "",
            status=self.status.data or "scheduled",
            place=self.place.data or "asc",
            actor=self.actor.data or "self",
            authority_on_file=self.g28.told,
            under_14=self.under_14.told,
            moves_by_office=int(self.office_moves.data) if self.office_moves.data else None,
            asylum_category=self.asylum.told,
            set_before_opening=self.early.told,
            online_account=self.account.told,
            tool_available=self.tool.told,
            address_changed=self.address.told,
        )


def clock_time(typed: str) -> time | None:
    """A time of day as people write it: `9:00`, `09.00`, `9 am`, `2:30 p. m.`; None when it is none."""
    bare = plain(typed).casefold().replace(". m.", "m").replace(".m.", "m").replace("\u00a0", " ")
    found = CLOCK.fullmatch(bare)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
