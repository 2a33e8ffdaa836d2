"""The demonstration's calendars: weeks of places, planned in memory so that they are written in a few statements."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from models.hours import read_hours, start_times
from models.offices import Office, closed_days
from models.slots import Slot, SlotDay

BIOMETRICS = "biometrics"
WEEKS = 10
ROWS_AT_ONCE = 1000
MOST_PLACES = 4
SPREAD = (0, -1, 0, 1, 0)  # added to an office's places, so that times and days differ as they do in life


class Calendar:
    """One office's start times for the coming weeks, with the places of each and how many are taken."""

    def __init__(self, office: Office, now: datetime) -> None:
        self.office = office
        self.today = office.today(now)
        self.starts: dict[date, list[datetime]] = {}
        self.capacity: dict[datetime, int] = {}
        self.taken: dict[datetime, int] = {}
        last = last_day(office, now)
        hours, closed = read_hours(office.weekly_hours) or (), closed_days(office, self.today, last)
        for ahead in range((last - self.today).days + 1):
            day = self.today + timedelta(days=ahead)
            starts = start_times(day, hours, office.slot_minutes, office.zone)
            if starts and day not in closed:
                self.starts[day] = starts
                self.capacity |= {start: self._places(day, number) for number, start in enumerate(starts)}

    def _places(self, day: date, number: int) -> int:
        places = self.office.places_per_slot + SPREAD[(day.toordinal() + number) % len(SPREAD)]
        return min(MOST_PLACES, max(1, places))

    def left(self, start: datetime) -> int:
        """How many places a start time still has; none where there is no such time."""
        return self.capacity.get(start, 0) - self.taken.get(start, 0)

    def book(self, start: datetime) -> bool:
        """Take a place at this start, if there is one."""
        if not self.left(start):
            return False
        self.taken[start] = self.taken.get(start, 0) + 1
        return True

    def write(self) -> dict[datetime, Slot]:
        """Write the slots and their days; the slots in which somebody has a place, by their start."""
        slots = [
            (self.office.id, BIOMETRICS, start, day, self.capacity[start], self.left(start))
            for day, starts in self.starts.items()
            for start in starts
        ]
        fields = [Slot.office, Slot.system, Slot.starts_at, Slot.day, Slot.capacity, Slot.free]
        for first in range(0, len(slots), ROWS_AT_ONCE):
            Slot.insert_many(slots[first : first + ROWS_AT_ONCE], fields).execute()
        self._write_days()
        query = Slot.select().where(Slot.office == self.office, Slot.starts_at.in_(list(self.taken)))
        return {slot.starts_at: slot for slot in query}

    def _write_days(self) -> None:
        rows = [
            (
                self.office.id,
                BIOMETRICS,
                day,
                sum(map(self.capacity.__getitem__, starts)),
                sum(map(self.left, starts)),
            )
            for day, starts in self.starts.items()
        ]
        fields = [SlotDay.office, SlotDay.system, SlotDay.day, SlotDay.capacity, SlotDay.free]
        SlotDay.insert_many(rows, fields).execute()


def last_day(office: Office, now: datetime) -> date:
    """The last day for which the demonstration opens places."""
    return office.today(now) + timedelta(weeks=WEEKS)
