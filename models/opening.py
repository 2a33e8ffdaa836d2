"""Opening places from an office's weekly hours, and keeping the day table in step with new slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from models import audit
from models.bulk import insert_rows, one_at_a_time
from models.database import write_tx
from models.hours import Stretch, read_hours, start_times
from models.offices import Office, closed_days
from models.slots import Slot, SlotDay

DAYS_LIMIT = 731


class NotOpened(StrEnum):
    """Why no place could be opened at all."""

    HELD_ELSEWHERE = "held_elsewhere"
    NO_HOURS = "no_hours"
    NO_PLACES = "no_places"
    DAYS_BACKWARDS = "days_backwards"
    TOO_MANY_DAYS = "too_many_days"


@dataclass(frozen=True)
class Opened:
    """How many start times were added, how many stood already, and the days left out as closed."""

    added: int
    places: int
    already_there: int
    closed: tuple[date, ...]


@dataclass(frozen=True)
class NewSlot:
    """A start time to add."""

    office_id: int
    system: str
    starts_at: datetime
    day: date
    capacity: int


def open_slots(office: Office, first: date, last: date, system: str, now: datetime) -> Opened | NotOpened:
    """Open the places of an office from `first` to `last` (both included); safe to repeat. Raises Busy.

    Start times that have passed, stand already, or fall on a closed day are left as they are.
    """
    hours = read_hours(office.weekly_hours) or ()
    if reason := _reason(office, hours, first, last):
        return reason

    def work() -> Opened:
        one_at_a_time()
        closed = closed_days(office, first, last)
        days = [day for day in _days(first, last) if day not in closed]
        wanted = [slot for slot in _slots(office, hours, days, system) if slot.starts_at > now]
        there = _start_times_there(office, system, first, last)
        new = [slot for slot in wanted if slot.starts_at not in there]
        add_slots(new)
        audit.record("slots-opened", f"office:{office.id}", now, system=system, slots=len(new),
                     first=first.isoformat(), last=last.isoformat())  # fmt: skip
        places = sum(slot.capacity for slot in new)
        return Opened(len(new), places, len(wanted) - len(new), tuple(sorted(closed)))

    return write_tx(work)


def add_slots(new: list[NewSlot]) -> None:
    """Add slots with all places free, and count them in their days. Call inside write_tx(), one_at_a_time()."""
    insert_rows(
        Slot,
        ("office", "system", "starts_at", "day", "capacity", "free"),
        [
            (slot.office_id, slot.system, int(slot.starts_at.timestamp()), slot.day.isoformat(),
             slot.capacity, slot.capacity)
            for slot in new
        ],
    )  # fmt: skip
    places: Counter[tuple[int, str, date]] = Counter()
    for slot in new:
        places[slot.office_id, slot.system, slot.day] += slot.capacity
    for (office_id, system, day), count in sorted(places.items()):
        _add_to_day(office_id, system, day, count)


def _add_to_day(office_id: int, system: str, day: date, count: int) -> None:
    changed = (
        SlotDay.update(capacity=SlotDay.capacity + count, free=SlotDay.free + count)
        .where(SlotDay.office == office_id, SlotDay.system == system, SlotDay.day == day)
        .execute()
    )
    if not changed:
        SlotDay.insert(office=office_id, system=system, day=day, capacity=count, free=count).execute()


def _reason(office: Office, hours: tuple[Stretch, ...], first: date, last: date) -> NotOpened | None:
    if not office.held_here:
        return NotOpened.HELD_ELSEWHERE
    if not hours:
        return NotOpened.NO_HOURS
    if office.places_per_slot < 1 or office.slot_minutes < 1:
        return NotOpened.NO_PLACES
    if last < first:
        return NotOpened.DAYS_BACKWARDS
    return NotOpened.TOO_MANY_DAYS if (last - first).days >= DAYS_LIMIT else None


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


def _slots(office: Office, hours: tuple[Stretch, ...], days: list[date], system: str) -> Iterator[NewSlot]:
    for day in days:
        for starts_at in start_times(day, hours, office.slot_minutes, office.zone):
            yield NewSlot(office.id, system, starts_at, day, office.places_per_slot)


def _start_times_there(office: Office, system: str, first: date, last: date) -> set[datetime]:
    query = Slot.select(Slot.starts_at).where(
        Slot.office == office, Slot.system == system, Slot.day.between(first, last)
    )
    return {slot.starts_at for slot in query}
