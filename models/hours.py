"""Weekly opening hours as text (`mon 08:00-16:00; tue …`), and the times at which places begin."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from models.rules.calendars import instant, wall_time_trouble

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTES_OF_A_DAY = 24 * 60
_PART = re.compile(r"(?P<day>[a-z]{3}) +(?P<opens>[0-9]{2}:[0-9]{2}) *- *(?P<closes>[0-9]{2}:[0-9]{2})")


@dataclass(frozen=True, order=True)
class Stretch:
    """Open without a break on a weekday (0 = Monday), in minutes after midnight of the office's clock."""

    weekday: int
    opens: int
    closes: int


def read_hours(text: str) -> tuple[Stretch, ...] | None:
    """The stretches of a week in order; None when the text cannot be read or stretches overlap."""
    parts = [part.strip().lower() for part in text.split(";") if part.strip()]
    found = sorted(stretch for part in parts if (stretch := _stretch(part)) is not None)
    overlap = any(one.weekday == next.weekday and next.opens < one.closes for one, next in pairwise(found))
    return None if overlap or len(found) != len(parts) else tuple(found)


def start_times(day: date, hours: Iterable[Stretch], minutes: int, zone: ZoneInfo) -> list[datetime]:
    """When places of `minutes` begin on a day, in UTC, without wall times that the zone skips or has twice."""
    midnight = datetime.combine(day, time.min)
    walls = [
        midnight + timedelta(minutes=minute)
        for stretch in hours
        if stretch.weekday == day.weekday()
        for minute in range(stretch.opens, stretch.closes - minutes + 1, minutes)
    ]
    return [instant(wall, zone) for wall in walls if wall_time_trouble(wall, zone) is None]


def _stretch(part: str) -> Stretch | None:
    found = _PART.fullmatch(part)
    if found is None or found["day"] not in WEEKDAYS:
        return None
    opens, closes = _minutes(found["opens"]), _minutes(found["closes"])
    if opens is None or closes is None or opens >= closes:
        return None
    return Stretch(WEEKDAYS.index(found["day"]), opens, closes)


def _minutes(clock: str) -> int | None:
    """Minutes after midnight; 24:00 is the end of the day."""
    hours, minutes = int(clock[:2]), int(clock[3:])
    total = hours * 60 + minutes
    return total if minutes < 60 and total <= MINUTES_OF_A_DAY else None
