"""The form that finds an appointment, and the questions about a calendar that is kept elsewhere."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import StopValidation

from models.appointments import ActingAs
from views.forms.fields import BirthDayField, NumberField

SHORTEST, LONGEST = 6, 20
ACTING = {
    ActingAs.SELF: _l("Mine"),
    ActingAs.PARENT: _l("My child's, under 14"),
    ActingAs.GUARDIAN: _l("Someone I am the legal guardian of"),
}
YES_NO = {"yes": True, "no": False}
YES_NO_WORDS = (("yes", _l("Yes")), ("no", _l("No")))


class FindForm(Form):
    """Number and date of birth identify an appointment; the sign-in says who asks."""

    confirmation_number = NumberField(
        _l("Confirmation number"),
        SHORTEST,
        LONGEST,
        description=_l("6 to 20 letters and numbers. Spaces and dashes do not matter."),
    )
    date_of_birth = BirthDayField(
        _l("Date of birth"), description=_l("Of the person who has the appointment. For example 27 3 1991.")
    )
    acting_as = RadioField(
        _l("Whose appointment is it?"),
        choices=[SelectChoice(value=acting.value, label=text) for acting, text in ACTING.items()],
        default=ActingAs.SELF.value,
        validate_choice=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        self.today = today
        super().__init__(*args, **kwargs)

    @property
    def born(self) -> date:
        """The day of birth of a form that was found in order."""
        assert isinstance(self.date_of_birth.data, date)
        return self.date_of_birth.data

    def validate_acting_as(self, field: RadioField) -> None:
        if field.data not in set(ActingAs):
            raise StopValidation(_("Choose one of these."))


class ToolForm(Form):
    """What only the person knows about the agency's own tool."""

    online_account = RadioField(
        _l("Do you have a USCIS online account?"),
        choices=[SelectChoice(value=value, label=text) for value, text in YES_NO_WORDS],
        validate_choice=False,
    )
    tool_available = RadioField(
        _l("Does the agency's online tool work for you?"),
        choices=[SelectChoice(value=value, label=text) for value, text in YES_NO_WORDS],
        validate_choice=False,
    )

    def told(self) -> dict[str, bool]:
        """The answers given so far, by fact."""
        return {field.name: YES_NO[field.data] for field in self if field.data in YES_NO}
