"""Dates and times in words: always the office's clock, always with its zone, kept together on one line."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime, format_time
from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from markupsafe import Markup, escape

from models.offices import Office

NO_BREAK = "\u00a0"


class Style(StrEnum):
    """How much of a moment is said."""

    SENTENCE = "sentence"  # Tuesday 8 December, 9:00 pm
    SENTENCE_YEAR = "sentence_year"  # Tuesday 8 December 2026, 9:00 pm
    LIST = "list"  # Tue 8 Dec, 9:00 pm
    LIST_YEAR = "list_year"  # Tue 8 Dec 2026, 9:00 pm


# day patterns per language: CLDR's own orders put the month first in American English
DAYS = {
    "en": {
        Style.SENTENCE: "EEEE d\u00a0MMMM",
        Style.SENTENCE_YEAR: "EEEE d\u00a0MMMM\u00a0y",
        Style.LIST: "EEE d\u00a0MMM",
        Style.LIST_YEAR: "EEE d\u00a0MMM\u00a0y",
    },
    "es": {
        Style.SENTENCE: "EEEE d\u00a0'de'\u00a0MMMM",
        Style.SENTENCE_YEAR: "EEEE d\u00a0'de'\u00a0MMMM 'de'\u00a0y",
        Style.LIST: "EEE d\u00a0MMM",
        Style.LIST_YEAR: "EEE d\u00a0MMM\u00a0y",
    },
}


def _language() -> str:
    locale = get_locale()
    return locale.language if locale else "en"


def day_text(day: date, style: Style = Style.SENTENCE) -> str:
    """A day in words."""
    patterns = DAYS.get(_language(), DAYS["en"])
    return format_date(day, patterns[style], locale=get_locale() or "en")


def clock_text(local: datetime) -> str:
    """A time of day: `9:00 pm`, in Spanish `9:00 p. m.`, on one line."""
    text = format_time(local, "h:mm a", locale=get_locale() or "en")
    return text.replace("AM", "am").replace("PM", "pm").replace("\u202f", NO_BREAK).replace(" ", NO_BREAK)


def moment_text(instant: datetime, zone: ZoneInfo, style: Style = Style.SENTENCE) -> str:
    """Day and time on a zone's clock."""
    local = instant.astimezone(zone)
    return f"{day_text(local.date(), style)}, {clock_text(local)}"


def moment(instant: datetime, zone: ZoneInfo, style: Style = Style.SENTENCE) -> Markup:
    """The same as a `<time>` element."""
    return time_element(instant, zone, moment_text(instant, zone, style))


def time_element(instant: datetime, zone: ZoneInfo, text: str) -> Markup:
    """Any words for a moment, with the machine-readable instant in the office's offset."""
    stamp = instant.astimezone(zone).isoformat(timespec="seconds")
    return Markup('<time datetime="{}">{}</time>').format(stamp, escape(text))


def zone_letters(instant: datetime, zone: ZoneInfo) -> str:
    """The letters of a zone at a moment: `EST`; zones without letters say their offset (`GMT+7`)."""
    letters = instant.astimezone(zone).tzname() or ""
    if letters.isalpha():
        return letters
    return format_datetime(instant.astimezone(zone), "O", locale="en")


def zone_words(office: Office, instant: datetime) -> str:
    """`Elizabeth time (EST)`, said once per block."""
    letters = zone_letters(instant, office.zone)
    return _("%(city)s time (%(zone)s)", city=office.city, zone=letters)


def utc_moment(instant: datetime) -> str:
    """A moment in UTC, for receipts."""
    return format_datetime(instant.astimezone(UTC), "y-MM-dd HH:mm:ss", locale="en") + " UTC"


def span_words(span: timedelta) -> str:
    """How long until something: the two largest parts (`8 days and 6 hours`)."""
    minutes = max(0, int(span.total_seconds() // 60))
    days, hours, left = minutes // 1440, minutes % 1440 // 60, minutes % 60
    day_words = ngettext("%(num)s day", "%(num)s days", days)
    hour_words = ngettext("%(num)s hour", "%(num)s hours", hours)
    minute_words = ngettext("%(num)s minute", "%(num)s minutes", left)
    if days:
        return _("%(one)s and %(two)s", one=day_words, two=hour_words) if hours else day_words
    if hours:
        return _("%(one)s and %(two)s", one=hour_words, two=minute_words) if left else hour_words
    return minute_words


def one_full_stop(text: str) -> str:
    """A sentence whose last word is an abbreviation ends with one full stop (`10:30 p. m.`), marks between or not."""
    # as a plain str: a Markup would escape the marks that it puts together again
    return re.sub(r"\.((?:</\w+>)*)\.(?!\.)", r".\1", str(text))


def filled(sentence: str, **values: Any) -> Markup:
    """A translated sentence with its gaps filled: our own words stand, everything from outside is escaped."""
    whole = Markup(sentence) % values  # noqa: S704 - the sentence is ours, Markup escapes the values
    return Markup(one_full_stop(whole))  # noqa: S704 - takes away, adds nothing


def masked_email(email: str) -> str:
    """Enough of an address to recognise one's own: `w•••@posta.example`."""
    name, _at, domain = email.partition("@")
    return f"{name[:1]}•••@{domain}"


def masked_number(number: str) -> str:
    """Enough of a number to recognise it: its last two digits."""
    return number[-2:]
