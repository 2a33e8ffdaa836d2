"""The choose page put together: what is open where one looks, and what is to be known before choosing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from models import keys
from models.judging import FORM_FACTS, judge
from models.offices import Office, offices_by_distance
from models.openings import OpenTime, open_days, open_times
from models.reviews import waiting_review_of
from models.rules import Verdict
from models.slots import Slot
from views.formats import Style, clock_text, day_text, moment, moment_text, zone_words
from views.forms.moving import ChoiceForm
from views.month import Links, Shown, month_data, places_words
from views.move_ground import LONGEST_SEARCH, Mover, Where, paused_words
from views.verdicts import sentence_of
from views.wording import good_causes

LOOK_AROUND = timedelta(days=21)


def month_context(mover: Mover, where: Where) -> dict[str, Any]:
    """What the block `days` shows."""
    appointment, standing = mover.appointment, mover.standing
    held = standing.slot if standing and standing.is_live(mover.now) else None
    yours = appointment.office.local(appointment.starts_at).date()
    shown = Shown(
        office=where.office,
        system=appointment.system,
        month=where.month,
        chosen=where.day,
        yours=yours if where.office == appointment.office else None,
        own_place=held.day if held and held.office_id == where.office.id else None,
    )
    return {"month": month_data(shown, _links(mover, where), mover.now)}


def _links(mover: Mover, where: Where) -> Links:
    # three addresses built once: a page with two links a day spent a sixth of its time in url_for
    page, days, slots = (url_for(f"move.{view}", ref=mover.ref) for view in ("choose", "days", "slots"))
    office = where.office.slug

    def month(month: date) -> str:
        kept = {"day": where.day.isoformat()} if where.day else {}
        return urlencode({"office": office, "month": f"{month:%Y-%m}"} | kept)

    def day(day: date) -> str:
        return urlencode({"office": office, "day": day.isoformat()})

    return Links(
        month=lambda first: f"{page}?{month(first)}#days",
        day=lambda chosen: f"{page}?{day(chosen)}#slots",
        month_attrs=lambda first: {"hx-get": f"{days}?{month(first)}", "hx-target": "#days"},
        day_attrs=lambda chosen: {"hx-get": f"{slots}?{day(chosen)}", "hx-target": "#slots"},
    )


def slots_context(mover: Mover, where: Where, form: ChoiceForm) -> dict[str, Any]:
    """What the block `slots` shows: the times of the day, or what to do to see some."""
    times = _times(mover, where)
    options = [_option(where.office, time) for time in times]
    slots: dict[str, Any] = {
        "office": where.office.slug,
        "day": where.day.isoformat() if where.day else "",
        "options": options,
        "chosen": form.slot.data,
        "error": form.slot.errors[0] if form.slot.errors else None,
        "legend": _("Time"),
        "note": _("Choose a day in the calendar. Its times come here."),
    }
    if where.day:
        slots["legend"] = _("Time on %(day)s", day=day_text(where.day))
        slots["note"] = _("No place is open on this day. Choose another day.")
    if options:
        slots["note"] = zone_words(where.office, times[0].starts_at)
    return {"slots": slots}


def _times(mover: Mover, where: Where) -> list[OpenTime]:
    """The times to choose from: the present one is not among them, the one held for this person is."""
    if where.day is None:
        return []
    found = {
        time.slot_id: time
        for time in open_times(where.office, mover.appointment.system, where.day, mover.now)
    }
    standing = mover.standing
    if standing and standing.is_live(mover.now) and _is_at(standing.slot, where):
        others = found.get(standing.slot_id)
        places = others.places + 1 if others else 1
        found[standing.slot_id] = OpenTime(standing.slot_id, standing.slot.starts_at, places)
    present = (mover.appointment.office_id == where.office.id, mover.appointment.starts_at)
    times = [time for time in found.values() if (True, time.starts_at) != present]
    return sorted(times, key=lambda time: time.starts_at)


def _is_at(slot: Slot, where: Where) -> bool:
    return bool(slot.office_id == where.office.id and slot.day == where.day)


def _option(office: Office, time: OpenTime) -> dict[str, Any]:
    local = office.local(time.starts_at)
    return {
        "value": time.slot_id,
        "label": clock_text(local),
        "detail": places_words(time.places),
        "datetime": local.isoformat(timespec="minutes"),
    }


def page_context(mover: Mover, where: Where, form: ChoiceForm, search: str = "") -> dict[str, Any]:
    """What the page shows around its three blocks."""
    offices, found = _offices(mover, where, search)
    return {
        "ref": mover.ref,
        "have": _have(mover),
        "told": _told(mover),
        "search": search[:LONGEST_SEARCH],
        "nothing_found": not found,
        "offices": offices,
        "office": where.office,
        "form": form,
        "causes": good_causes.options(),
        "others": _days_around(mover, where),
        "key": keys.token(),
        "seen_version": mover.appointment.version,
        **month_context(mover, where),
        **slots_context(mover, where, form),
    }


def _offices(mover: Mover, where: Where, search: str) -> tuple[list[tuple[str, str]], bool]:
    """The offices to choose from, and whether the search found any."""
    assigned = mover.appointment.office
    found = offices_by_distance(assigned, search[:LONGEST_SEARCH])
    listed = found or offices_by_distance(assigned)
    if where.office not in listed:
        listed = [where.office, *listed]
    return [(office.slug, _office_words(office)) for office in listed], bool(found)


def _office_words(office: Office) -> str:
    return f"{office.city}, {office.region}" if office.region else str(office.city)


def _have(mover: Mover) -> Markup:
    """What the person has now, in bold within its sentence."""
    office = mover.appointment.office
    when = moment(mover.appointment.starts_at, office.zone, Style.LIST)
    return Markup("<b>{}, {}</b>").format(when, office.city)


def _told(mover: Mover) -> list[str]:
    """What else to know before choosing: that it cannot be moved here, a wish that waits, changes that are paused."""
    appointment, told = mover.appointment, list[str]()
    judgement = judge(appointment, mover.actor, mover.now, unanswered=FORM_FACTS)
    if judgement.outcome.verdict == Verdict.BLOCKED:
        told.append(sentence_of(judgement, appointment.office, mover.now))
    if review := waiting_review_of(appointment, mover.now):
        wished = review.hold.slot
        when = moment_text(wished.starts_at, wished.office.zone, Style.LIST)
        told.append(
            _("A person is looking at your wish for %(when)s. A new wish takes its place.", when=when)
        )
    if paused := paused_words(mover):
        told.append(paused)
    return told


def _days_around(mover: Mover, where: Where) -> list[tuple[str, str]]:
    """The open days just before and after the one looked at, for the buttons that keep what was filled in."""
    if where.day is None:
        return []
    first, last = where.day - LOOK_AROUND, where.day + LOOK_AROUND
    found = open_days(where.office, mover.appointment.system, first, last, mover.now)
    days = [day.day for day in found if day.places]
    before, after = (
        [day for day in days if day < where.day][-1:],
        [day for day in days if day > where.day][:1],
    )
    return [(day.isoformat(), day_text(day, Style.LIST)) for day in before + after]
