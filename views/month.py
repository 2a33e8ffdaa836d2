"""A month of linked days with what is open on each, as components/month.html draws it."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any

from babel.dates import format_date, format_skeleton, get_day_names
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _

from models.offices import Office, closed_days
from models.openings import last_day, open_days
from views.formats import NO_BREAK, Style, day_text

WEEK = calendar.Calendar(firstweekday=calendar.SUNDAY)  # as on the wall calendars of these offices
TALLEST = 17  # places that fill the strip; more are drawn in proportion


@dataclass(frozen=True)
class Shown:
    """What is asked of the calendar: whose, which month (its first day), and the days that stand out.

    `own_place` is a day with one more place than others see: the one held for this person.
    """

    office: Office
    system: str
    month: date
    chosen: date | None = None
    yours: date | None = None
    own_place: date | None = None


@dataclass(frozen=True)
class Links:
    """The address of a month and of a day, and the attributes that make their links quicker with htmx."""

    month: Callable[[date], str]
    day: Callable[[date], str]
    month_attrs: Callable[[date], dict[str, str]]
    day_attrs: Callable[[date], dict[str, str]]


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def next_month(month: date) -> date:
    """The first day of the month after."""
    return month_of(month + timedelta(days=31))


def month_before(month: date) -> date:
    """The first day of the month before."""
    return month_of(month - timedelta(days=1))


def month_data(shown: Shown, links: Links, now: datetime) -> dict[str, Any]:
    """Everything that the month needs; only open days carry an address."""
    last = next_month(shown.month) - timedelta(days=1)
    days = {found.day: found for found in open_days(shown.office, shown.system, shown.month, last, now)}
    closed, today = closed_days(shown.office, shown.month, last), shown.office.today(now)
    places = {day: found.places for day, found in days.items() if day >= today and day not in closed}
    if shown.own_place in places:
        places[shown.own_place] += 1
    title = _month_name(shown.month)
    return {
        "title": title,
        "caption": _("Open places in %(month)s, %(office)s", month=title, office=shown.office.name),
        "weekdays": _weekdays(),
        "weeks": [
            [_cell(day, shown, places, links) if day.month == shown.month.month else None for day in week]
            for week in WEEK.monthdatescalendar(shown.month.year, shown.month.month)
        ],
        "previous": _turn(month_before(shown.month), links) if shown.month > month_of(today) else None,
        "next": _turn(next_month(shown.month), links) if _goes_on(shown, last) else None,
        "strip": _strip(shown, places, last),
    }


def _goes_on(shown: Shown, last: date) -> bool:
    end = last_day(shown.office, shown.system)
    return end is not None and end > last


def _cell(day: date, shown: Shown, places: dict[date, int], links: Links) -> dict[str, Any]:
    count = places.get(day)
    cell: dict[str, Any] = {
        "day": day.day,
        "state": "closed" if count is None else "open" if count else "full",
        "places": count or 0,
        "chosen": day == shown.chosen,
        "yours": day == shown.yours,
    }
    if count:
        cell["label"] = f"{day_text(day)}, {places_words(count)}"
        cell["url"], cell["attrs"] = links.day(day), links.day_attrs(day)
    return cell


def places_words(count: int) -> str:
    """How many places, in words."""
    return ngettext("%(num)s place", "%(num)s places", count)


def _strip(shown: Shown, places: dict[date, int], last: date) -> dict[str, Any] | None:
    """A bar for each day, and in words where most places are."""
    if not any(places.values()):
        return None
    most = max(places, key=lambda day: places[day])
    scale = min(1, TALLEST / places[most])
    days = [shown.month.replace(day=number) for number in range(1, last.day + 1)]
    bars = [(day, ceil(places.get(day, 0) * scale)) for day in days]
    return {
        "days": [{"day": day.day, "places": high, "chosen": day == shown.chosen} for day, high in bars],
        "text": _(
            "Open places each day. Most: %(day)s (%(count)s).",
            day=day_text(most, Style.LIST),
            count=places[most],
        ),
    }


def _turn(month: date, links: Links) -> dict[str, Any]:
    return {
        "url": links.month(month),
        "name": _month_name(month),
        "short": format_date(month, "LLL", locale=get_locale() or "en"),
        "attrs": links.month_attrs(month),
    }


def _month_name(month: date) -> str:
    """`December 2026`, as a title."""
    name = format_skeleton("yMMMM", month, locale=get_locale() or "en")
    return name.replace(" ", NO_BREAK).capitalize()


def _weekdays() -> list[dict[str, str]]:
    locale = get_locale() or "en"
    short = get_day_names("abbreviated", context="stand-alone", locale=locale)
    full = get_day_names("wide", context="stand-alone", locale=locale)
    return [{"short": short[day].capitalize(), "full": full[day]} for day in WEEK.iterweekdays()]
