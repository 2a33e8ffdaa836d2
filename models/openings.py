"""What is open to choose: days of a month and times of a day, at any number of slots."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import SQL, fn

from models.database import rows_of
from models.holds import Hold
from models.offices import Closure, Office, closed_days
from models.prepared import Prepared
from models.rules.calendars import first_instant
from models.slots import Slot, SlotDay

DAY = timedelta(days=1)


@dataclass(frozen=True)
class OpenDay:
    """A day of the month view: how many places it has and how many are open."""

    day: date
    places: int
    capacity: int


@dataclass(frozen=True)
class OpenTime:
    """A time that can be chosen: `places` counts lapsed holds as open."""

    slot_id: int
    starts_at: datetime
    places: int


def open_days(office: Office, system: str, first: date, last: date, now: datetime) -> list[OpenDay]:
    """The days from `first` to `last` that have places at all, with what is open on each."""
    today, closed = office.today(now), closed_days(office, first, last)
    lapsed = _lapsed_by_day(office, system, now)
    days = []
    for day, free, capacity in _DAYS.rows(office=office.id, system=system, first=first, last=last):
        if day < today or day in closed:
            places = 0
        elif day == today:
            places = sum(time.places for time in open_times(office, system, day, now))
        else:
            places = free + lapsed.get(day, 0)
        days.append(OpenDay(day, places, capacity))
    return days


_DAYS = Prepared(
    lambda office, system, first, last: (
        SlotDay.select(SlotDay.day, SlotDay.free, SlotDay.capacity)
        .where(SlotDay.office == office, SlotDay.system == system, SlotDay.day.between(first, last))
        .order_by(SlotDay.day)
        .tuples()
    )
)


def open_times(office: Office, system: str, day: date, now: datetime) -> list[OpenTime]:
    """The times of one day that have not begun and have an open place."""
    if closed_days(office, day, day):
        return []
    # the instants let the index find the few rows near the day; the day itself is what the notice says
    first, last = first_instant(day, office.zone) - DAY, first_instant(day, office.zone) + 2 * DAY
    query = Slot.select(Slot.id, Slot.starts_at, Slot.free).where(
        Slot.office == office,
        Slot.system == system,
        Slot.starts_at.between(max(first, now), last),
        Slot.starts_at > now,
        Slot.day == day,
    )
    lapsed = _lapsed_by_slot(office, system, now)
    times = [
        OpenTime(id, starts_at, free + lapsed.get(id, 0))
        for id, starts_at, free in rows_of(query.order_by(Slot.starts_at))
    ]
    return [time for time in times if time.places]


def first_open_day(office: Office, system: str, now: datetime) -> date | None:
    """The next day with an open place, or None."""
    closed = Closure.select(Closure.day).where(Closure.office == office)
    ahead = Slot.select(Slot.day).where(Slot.starts_at > now, Slot.day.not_in(closed))
    open_now = ahead.where(Slot.office == office, Slot.system == system, SQL("free > 0"))
    found = [open_now.order_by(Slot.starts_at).first()]
    if lapsed := [slot.id for slot, _count in _lapsed(office, system, now)]:
        found += list(ahead.where(Slot.id.in_(lapsed)))
    return min((slot.day for slot in found if slot), default=None)


def last_day(office: Office, system: str) -> date | None:
    """The last day that has places at all, open or not."""
    query = SlotDay.select(SlotDay.day).where(SlotDay.office == office, SlotDay.system == system)
    found = query.order_by(SlotDay.day.desc()).first()
    return found.day if found else None


def _lapsed_by_slot(office: Office, system: str, now: datetime) -> dict[int, int]:
    return {slot.id: count for slot, count in _lapsed(office, system, now)}


def _lapsed_by_day(office: Office, system: str, now: datetime) -> dict[date, int]:
    days: dict[date, int] = {}
    for slot, count in _lapsed(office, system, now):
        days[slot.day] = days.get(slot.day, 0) + count
    return days


def _lapsed(office: Office, system: str, now: datetime) -> list[tuple[Slot, int]]:
    """Places whose hold has run out although nobody has given them back yet.

    Asked of the holds first, with the words of their index: they are few, mostly none. Joined to the
    slots, SQLite walked every slot of the office: 690 us at 8,400 slots, 4 us so (`python -m bench queries`).
    """
    counts = dict(_LAPSED.rows(now=now))
    if not counts:
        return []
    slots = Slot.select(Slot.id, Slot.day, Slot.office, Slot.system).where(Slot.id.in_(list(counts)))
    return [
        (slot, counts[slot.id]) for slot in slots if slot.office_id == office.id and slot.system == system
    ]


_LAPSED = Prepared(
    lambda now: (
        Hold.select(Hold.slot, fn.COUNT(Hold.id))
        .where(SQL("state = 'live'"), Hold.until <= now)
        .group_by(Hold.slot)
        .tuples()
    )
)
