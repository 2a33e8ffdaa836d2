"""The answers that the quick check offers, in words."""

from __future__ import annotations

from datetime import date

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from models.checking import DENIED
from models.rules.parameters import SHIPPED

NOT_YET = _l("I have not decided")
NO_REASON = _l("I have no special reason")
OTHER_FORM = "other"

YES_NO: dict[str, LazyString] = {"": _l("Not answered"), "yes": _l("Yes"), "no": _l("No")}
MOVES: dict[str, LazyString | str] = {"0": _l("None"), "1": "1", "2": _l("2 or more")}
MOVES_BY_OFFICE: dict[str, LazyString | str] = {
    "": _l("Not answered"),
    "0": _l("Never"),
    "1": "1",
    "2": _l("2 or more"),
}
FORMS: dict[str, LazyString | str] = {
    "": _l("I do not know"),
    **{form: form for form in sorted(SHIPPED.on(date.max).words("listed_forms"))},
    OTHER_FORM: _l("Another form"),
}
ACTORS = {
    "self": _l("The person who has the appointment"),
    "parent": _l("A parent or guardian, for a child"),
    "guardian": _l("A guardian, for a person who cannot act"),
    "attorney": _l("An attorney"),
    "accredited_representative": _l("An accredited representative"),
    "firm_staff": _l("Staff of a law firm"),
    "friend": _l("A friend, a notary or somebody else"),
}
STATES = {
    "scheduled": _l("It still stands, or I missed it"),
    "completed": _l("I have been there"),
    "cancelled": _l("It was cancelled"),
    DENIED: _l("Nobody came, and the case was denied"),
}
PLACES = {
    "asc": _l("At the office"),
    "homebound": _l("At home"),
    "mobile": _l("By a mobile team"),
    "abroad": _l("Outside the United States"),
    "dhs_custody": _l("In immigration detention"),
    "jail": _l("In a jail or prison"),
}
