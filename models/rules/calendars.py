"""Days and instants: local midnights, birthdays, wall times that a zone skips or has twice."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

AGENCY_ZONE = ZoneInfo("America/New_York")  # announcements are national; one day for all offices


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """The UTC instant of a wall time; `fold` tells the two instants of a repeated wall time apart."""
    return local.replace(tzinfo=zone).astimezone(UTC)


def wall_time_trouble(local: datetime, zone: ZoneInfo) -> Literal["skipped", "twice"] | None:
    """Why a wall time does not name exactly one instant, or None if it does."""
    first, second = local.replace(tzinfo=zone, fold=0), local.replace(tzinfo=zone, fold=1)
    if first.utcoffset() == second.utcoffset():
        return None
    shown = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None, fold=0)
    return "twice" if shown == local.replace(fold=0) else "skipped"


def first_instant(day: date, zone: ZoneInfo) -> datetime:
    """When `day` begins in `zone`, in UTC: midnight, or the jump where the zone skips midnight."""
    midnight = datetime.combine(day, time.min)
    begins = instant(midnight, zone)
    if wall_time_trouble(midnight, zone) != "skipped":
        return begins
    # A jump may start before midnight or swallow the whole day: look for it, to the second.
    before, after = begins - timedelta(days=2), begins + timedelta(days=2)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if middle.astimezone(zone).date() < day:
            before = middle
        else:
            after = middle
    return after


def birthday(born: date, age: int) -> date:
    """The day on which a person turns `age`; born on 29 February means 1 March in common years."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
