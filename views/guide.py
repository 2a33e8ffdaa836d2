"""The guide: short pages that say how things work."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort
from flask_babel import lazy_gettext as _l

from models import channels as lines
from models.rules.parameters import SHIPPED
from views import clock
from views.fragments import render
from views.wording import channels, good_causes

bp = Blueprint("guide", __name__)

TITLES = {
    "moving": _l("How moving works"),
    "good-cause": _l("Good reasons, and proof"),
    "what-to-bring": _l("What to bring"),
    "who-may-act": _l("Who may act for you"),
    "missed": _l("If you missed it"),
    "accessibility": _l("Accessibility"),
    "privacy": _l("Privacy"),
    "help": _l("Help and phone numbers"),
}


@bp.get("/guide/<page>")
def page(page: str) -> str:
    """One page of the guide; its numbers are those of the rules."""
    if page not in TITLES:
        abort(404)
    numbers = SHIPPED.on(clock.now().date())
    return render(
        f"guide/{page}.html",
        page=page,
        titles=TITLES,
        title=TITLES[page],
        hours=numbers.count("notice_hours"),
        moves=numbers.count("max_moves"),
        child_age=numbers.count("child_act_age"),
        causes=good_causes.WORDS,
        lines=[_line(line) for line in (lines.CONTACT_CENTER, lines.ADOPTIONS_UNIT)],
    )


def _line(line: lines.Line) -> dict[str, Any]:
    """A telephone line for components/phone.html; whether it is open now depends on when the page is read."""
    return {
        "name": channels.LINE_NAMES[line],
        "number": line.number,
        "tel": channels.telephone_address(line.number).removeprefix("tel:"),
        "tty": line.tty,
        "hours": channels.LINE_HOURS[line],
    }
