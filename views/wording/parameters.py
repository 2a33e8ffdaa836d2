"""The numbers of the rules in words; each gap is filled with the number as it stands on the day."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

WORDS: dict[str, LazyString] = {
    "notice_hours": _l("Hours before the start: %(notice_hours)s"),
    "max_moves": _l("Moves: %(max_moves)s"),
    "adoption_forms": _l("Adoption forms: %(adoption_forms)s"),
    "adoption_opening": _l("Opened for adoption forms on: %(adoption_opening)s"),
    "listed_forms": _l("Forms on our list: %(listed_forms)s"),
    "good_causes": _l("Named reasons: six, listed in the guide"),
    "child_act_age": _l("Age from which young people act for themselves: %(child_act_age)s"),
}
