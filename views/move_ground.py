"""The ground of a move's pages: who moves what, and which office, month and day are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from flask_babel import gettext as _

from models.appointments import Appointment, Claim, is_frozen
from models.holds import Hold
from models.judging import Actor, actor_of, is_present_time
from models.offices import Office, find_office, offices_by_distance
from models.openings import first_open_day
from models.slots import Slot, is_closed
from models.wishes import standing_choice
from views.formats import moment_text
from views.forms.moving import ChoiceForm, iso_day, iso_month
from views.month import month_of

LONGEST_SEARCH = 80


@dataclass(frozen=True)
class Mover:
    """Who moves what, and when: the ground of every answer of this journey."""

    claim: Claim
    now: datetime

    @property
    def appointment(self) -> Appointment:
        """What is moved."""
        return self.claim.appointment

    @property
    def ref(self) -> str:
        """Its reference, as addresses carry it."""
        return str(self.appointment.reference)

    @cached_property
    def actor(self) -> Actor:
        """Who acts, as the rules see it."""
        return actor_of(self.claim)

    @cached_property
    def standing(self) -> Hold | None:
        """The choice made before, to come back to."""
        return standing_choice(self.appointment, self.claim.account_id, self.now)

    def wishable(self, slot_id: int) -> Slot | None:
        """A time that may be wished, full or not: at an office held here of the same kind, not the present time.

        None for every time while the agency keeps the appointment's own calendar: only its tool can move it.
        """
        if not self.appointment.office.held_here:
            return None
        slot: Slot | None = Slot.select(Slot, Office).join(Office).where(Slot.id == slot_id).first()
        here = slot is not None and slot.office.held_here and slot.office.kind == self.appointment.office.kind
        if slot is None or not here or slot.system != self.appointment.system:
            return None
        return None if is_present_time(slot, self.appointment) or is_closed(slot) else slot


def paused_words(mover: Mover) -> str | None:
    """Until when changes are paused because somebody said "this was not me"."""
    case = mover.appointment.case
    if not is_frozen(case, mover.now):
        return None
    until = moment_text(case.frozen_until, mover.appointment.office.zone)
    return _("Changes to this appointment are paused until %(when)s.", when=until)


@dataclass(frozen=True)
class Where:
    """The office, the month (its first day) and the day that are looked at."""

    office: Office
    month: date
    day: date | None = None


def where_of(mover: Mover, asked: Mapping[str, str]) -> Where | None:
    """What an address asks to see; None when a part of it cannot be read or is not to be had here."""
    office = _office(mover, asked.get("office", ""))
    day, month = iso_day(asked.get("day")), iso_month(asked.get("month"))
    unreadable = (asked.get("day") and day is None) or (asked.get("month") and month is None)
    if office is None or unreadable:
        return None
    standing = mover.standing
    if not (asked.get("office") or asked.get("month") or day) and standing and _is_wishable(mover, standing):
        return Where(standing.slot.office, month_of(standing.slot.day), standing.slot.day)
    return Where(office, month or _first_month(mover, office, day), day)


def first_where(mover: Mover) -> Where:
    """Where the page begins."""
    office = mover.appointment.office
    return where_of(mover, {}) or Where(office, _first_month(mover, office, None))


def _is_wishable(mover: Mover, standing: Hold) -> bool:
    return mover.wishable(standing.slot_id) is not None


def _office(mover: Mover, name: str) -> Office | None:
    own = mover.appointment.office
    office = find_office(name) if name else own
    return office if office and office.held_here and office.kind == own.kind else None


def _first_month(mover: Mover, office: Office, day: date | None) -> date:
    day = day or first_open_day(office, mover.appointment.system, mover.now)
    return month_of(day or office.today(mover.now))


def prefilled(mover: Mover, kept: Hold | None, asked: Mapping[str, str]) -> ChoiceForm:
    """The form as it was when a place was held under it, and what the address chooses instead."""
    filled: dict[str, object] = {"address_changed": "address_changed" in asked}
    if kept:
        filled = {
            "slot": str(kept.slot_id),
            "good_cause": kept.good_cause,
            "good_cause_details": kept.good_cause_details,
            "address_changed": kept.address_changed,
        }
    chosen = {name: asked[name] for name in ("slot", "good_cause") if asked.get(name)}
    return ChoiceForm(data=filled | chosen, find_slot=mover.wishable)


def searched(mover: Mover, where: Where, search: str) -> Where:
    """The place to look at after a search: the first office found, unless the one looked at is among them."""
    found = offices_by_distance(mover.appointment.office, search[:LONGEST_SEARCH]) if search else []
    if not found or where.office in found:
        return where
    return Where(found[0], _first_month(mover, found[0], None))
