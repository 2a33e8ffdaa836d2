"""The telephone lines behind the channels: their numbers, and whether somebody answers at an instant."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from models.rules import Channel
from models.rules.calendars import instant

POSTS = Path(__file__).parent / "reference" / "posts.json"
SATURDAY = 5


@dataclass(frozen=True)
class Line:
    """A line that is answered Monday to Friday, except on federal holidays, in its own zone."""

    number: str
    opens: time
    closes: time
    zone: ZoneInfo
    tty: str | None = None
    from_abroad: str | None = None


CONTACT_CENTER = Line(
    number="800-375-5283",
    tty="800-767-1833",
    opens=time(8),
    closes=time(20),
    zone=ZoneInfo("America/New_York"),
)
ADOPTIONS_UNIT = Line(
    number="877-424-8374",
    from_abroad="913-275-5480",
    opens=time(8),
    closes=time(16),
    zone=ZoneInfo("America/Chicago"),
)
LINES: Mapping[Channel, Line] = {
    Channel.CONTACT_CENTER: CONTACT_CENTER,
    Channel.OFFICIAL_TOOL: CONTACT_CENTER,
    Channel.CREATE_ACCOUNT: CONTACT_CENTER,
    Channel.CHECK_NOTICE: CONTACT_CENTER,
    Channel.NBC_ADOPTIONS_UNIT: ADOPTIONS_UNIT,
}


def is_open(line: Line, now: datetime) -> bool:
    """Whether the line is answered at `now`; the closing minute itself is too late."""
    here = now.astimezone(line.zone)
    return _answers_on(here.date()) and line.opens <= here.time() < line.closes


def opens_next(line: Line, now: datetime) -> datetime:
    """The next opening after `now`, in the line's zone (the coming one, when the line is open now)."""
    day = now.astimezone(line.zone).date()
    while True:
        opening = instant(datetime.combine(day, line.opens), line.zone)
        if _answers_on(day) and opening > now:
            return opening.astimezone(line.zone)
        day += timedelta(days=1)


def can_call_before(line: Line, now: datetime, end: datetime) -> bool:
    """Whether the line is answered at any time from `now` until just before `end`."""
    return now < end and (is_open(line, now) or opens_next(line, now).astimezone(UTC) < end)


def _answers_on(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in federal_holidays()


@cache
def federal_holidays() -> frozenset[date]:
    """Federal holidays as observed; beyond the years that the table covers only weekends are known."""
    calendar = json.loads(POSTS.read_text("utf-8"))["calendars"]["US-FEDERAL"]
    return frozenset(date.fromisoformat(closed["date"]) for closed in calendar["closed_on"])
