"""An appointment's particulars in words: whose, what, when, where, its moves, and what to bring."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from models.appointments import Appointment, CausedBy, Move
from models.offices import Office
from models.people import Account
from models.rules.parameters import Numbers
from views.formats import Style, clock_text, day_text, filled, moment, zone_letters

MASK = "\u00b7\u00b7\u00b7\u00b7"
SHOWN_LETTERS = 3


def name_of(appointment: Appointment) -> Markup:
    """The person's name, kept apart from the direction of the text around it."""
    return Markup("<bdi>{}</bdi>").format(appointment.person.full_name)


def whose(appointment: Appointment) -> Markup:
    """The line above an answer: what, for whom, which form."""
    return filled(
        _("Fingerprints for %(name)s, %(form)s"), name=name_of(appointment), form=form_of(appointment)
    )


def what(appointment: Appointment) -> Markup:
    """What the visit is for."""
    return filled(_("Fingerprints, %(form)s"), form=form_of(appointment))


def form_of(appointment: Appointment) -> Markup:
    """The form's name, kept on one line."""
    form = _("Form %(form)s", form=appointment.case.form_or_visa_class)
    return Markup('<span class="num">{}</span>').format(form)


def when_lines(instant: datetime, office: Office) -> list[str]:
    """Day and time in two lines, with the zone's letters."""
    local = office.local(instant)
    return [
        day_text(local.date(), Style.LIST_YEAR),
        f"{clock_text(local)} {zone_letters(instant, office.zone)}",
    ]


def place_note(office: Office) -> str:
    """City and region under an office's name."""
    return ", ".join(part for part in (office.address, office.city, office.region) if part)


def masked(number: str) -> str:
    """Enough of a number to recognise it on paper: its ends."""
    if len(number) <= 2 * SHOWN_LETTERS:
        return MASK + number[-SHOWN_LETTERS:]
    return f"{number[:SHOWN_LETTERS]} {MASK} {number[-SHOWN_LETTERS:]}"


def number_of(appointment: Appointment) -> str:
    """The case's number, or the appointment's where the case has none, masked."""
    return masked(appointment.case.number or appointment.confirmation_number)


def move_tickets(appointment: Appointment, numbers: Numbers) -> list[dict[str, Any]]:
    """One ticket for each move that may be made online, for components/ticket.html."""
    used = appointment.moves_by_requestor
    count = numbers.count("max_moves")
    return [{"number": n, "state": "used" if n <= used else "unused"} for n in range(1, count + 1)]


def moves_left_words(appointment: Appointment, numbers: Numbers) -> str:
    """How many moves are left."""
    left = max(0, numbers.count("max_moves") - appointment.moves_by_requestor)
    if not left:
        return _("You have no move left.")
    return ngettext("You have %(num)s move left.", "You have %(num)s moves left.", left)


def moves_counted(appointment: Appointment, numbers: Numbers) -> str:
    """Used and left, such as `1 used, 1 left`."""
    used = appointment.moves_by_requestor
    return _("%(used)s used, %(left)s left", used=used, left=max(0, numbers.count("max_moves") - used))


def history_rows(steps: list[Move], account: Account) -> list[tuple[str, Markup]]:
    """Each move made here: who made it, from when to when."""
    return [(_who_moved(step, account), _step(step)) for step in steps]


def _who_moved(step: Move, account: Account) -> str:
    if step.caused_by == CausedBy.OFFICE:
        return _("By the office")
    return _("By you") if step.account_id == account.id else _("By somebody else who may act for it")


def _step(step: Move) -> Markup:
    return filled(
        _("from %(old)s in %(old_city)s to %(new)s in %(new_city)s, on %(made)s"),
        old=moment(step.from_starts_at, step.from_office.zone, Style.LIST_YEAR),
        old_city=step.from_office.city,
        new=moment(step.to_starts_at, step.to_office.zone, Style.LIST_YEAR),
        new_city=step.to_office.city,
        made=moment(step.made_at, step.to_office.zone, Style.LIST_YEAR),
    )


def bring_list(office: Office) -> list[Markup]:
    """What to have on the day."""
    if office.held_here:
        paper = Markup(_("This notice, <b>printed</b>. A phone picture is not enough."))  # noqa: S704
    else:
        paper = Markup(_("The notice that the agency sent you, <b>printed</b>"))  # noqa: S704
    others = (
        _("A valid photo ID, such as your passport"),
        _("Any other appointment notices you got"),
    )
    return [paper, *(Markup("{}").format(text) for text in others)]
