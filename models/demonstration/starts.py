"""When a demonstration appointment starts: on a working day around now, or some hours from now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from models.demonstration.calendars import Calendar
from models.demonstration.offices import WEEKDAYS, federal_holidays, nth_weekday
from models.offices import Office
from models.rules.calendars import instant, wall_time_trouble

HALF_HOUR = timedelta(minutes=30)
OPENS, CLOSES = time(8), time(16)  # what is usual where the calendar is kept elsewhere
# nearest first; whatever is chosen, the start stays between 6 and 12 hours away for six hours' worth of looking
NEARBY = (9.0, 9.5, 8.5, 10.0, 8.0, 10.5, 7.5, 11.0, 7.0)


@dataclass(frozen=True)
class Ahead:
    """On the Nth working day after today; two or more keeps it out of the last twelve hours."""

    days: int
    at: str = "10:30"


@dataclass(frozen=True)
class Ago:
    """On the Nth weekday before today."""

    days: int
    at: str = "09:00"


@dataclass(frozen=True)
class InHours:
    """About nine hours from now: within twelve hours now and six hours later, and not begun by then."""


When = Ahead | Ago | InHours


def start_of(when: When, office: Office, calendar: Calendar | None, now: datetime) -> datetime:
    """The start of an appointment, at a time with a place left where the office's calendar is kept here."""
    match when:
        case InHours():
            return _within_the_hours(office, calendar, now)
        case Ago(days, at):
            return _instant(office, nth_weekday(office.today(now), -days), at)
        case Ahead(days, at) if calendar:
            day = [day for day in calendar.starts if _is_working_day(day) and day > calendar.today][days - 1]
            wanted = _instant(office, day, at)
            open_times = [start for start in calendar.starts[day] if calendar.left(start)]
            return min(open_times, key=lambda start: abs(start - wanted))
        case Ahead(days, at):
            day = nth_weekday(office.today(now), days)
            return _instant(office, day if _is_working_day(day) else nth_weekday(day, 1), at)


def starts_in_hours(office: Office, calendar: Calendar | None, now: datetime) -> bool:
    """Whether an office is open, with a place left, at a time that `InHours` could mean."""
    return any(_fits(office, calendar, start) for start in _candidates(now))


def _within_the_hours(office: Office, calendar: Calendar | None, now: datetime) -> datetime:
    """The nearest time that fits; when the office is closed then, the nearest that its clock shows only once."""
    candidates = _candidates(now)
    fitting = [start for start in candidates if _fits(office, calendar, start)]
    clear = [start for start in candidates if not _trouble(office, start)]
    return [*fitting, *clear][0]


def _fits(office: Office, calendar: Calendar | None, start: datetime) -> bool:
    if calendar:
        return calendar.left(start) > 0
    local = office.local(start)
    return _is_working_day(local.date()) and OPENS <= local.time() < CLOSES


def _candidates(now: datetime) -> list[datetime]:
    seconds = HALF_HOUR.total_seconds()
    half_hours = round(now.timestamp() / seconds)
    nearest = datetime.fromtimestamp(half_hours * seconds, UTC)
    return [nearest + timedelta(hours=hours) for hours in NEARBY]


def _trouble(office: Office, start: datetime) -> bool:
    return wall_time_trouble(office.local(start).replace(tzinfo=None), office.zone) is not None


def _is_working_day(day: date) -> bool:
    return day.weekday() < len(WEEKDAYS) and day not in federal_holidays()


def _instant(office: Office, day: date, at: str) -> datetime:
    return instant(datetime.combine(day, time.fromisoformat(at)), office.zone)
