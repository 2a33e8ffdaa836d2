"""Those who were there before: invented people who fill the first days of two offices, so that a month looks alive."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from models.demonstration.calendars import Calendar

SATURDAY = 5
# for each office, how many quarters of its first days' places are taken
QUARTERS_TAKEN = {"asc-XNO": (4, 4, 3, 2, 1, 4), "asc-XAA": (4, 2, 4, 1)}
FULL_SATURDAYS = 2


def crowd(calendars: dict[str, Calendar]) -> Iterator[tuple[Calendar, datetime]]:
    """Book the places that the crowd has, and say which."""
    for slug, quarters in QUARTERS_TAKEN.items():
        calendar = calendars[slug]
        ahead = [day for day in calendar.starts if day > calendar.today]
        weekdays = [day for day in ahead if day.weekday() < SATURDAY]
        saturdays = [day for day in ahead if day.weekday() == SATURDAY][:FULL_SATURDAYS]
        shares = [*zip(weekdays, quarters, strict=False), *((day, 4) for day in saturdays)]
        for day, share in shares:
            for start in _taken(calendar, calendar.starts[day], share):
                yield calendar, start


def _taken(calendar: Calendar, starts: list[datetime], quarters: int) -> Iterator[datetime]:
    """Of every four places left on a day, the first `quarters`."""
    places = [start for start in starts for _ in range(calendar.left(start))]
    for number, start in enumerate(places):
        if number % 4 < quarters and calendar.book(start):
            yield start
