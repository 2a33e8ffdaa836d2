"""Importing slots: start times with their places, at offices whose calendar is kept here."""

from __future__ import annotations

from datetime import datetime

from models.imports.cells import Cells
from models.imports.importing import Sheet
from models.imports.office_names import OfficeNames
from models.imports.offices import PLACES_LIMIT
from models.imports.reading import Columns
from models.opening import NewSlot, add_slots
from models.rules.systems import SYSTEMS
from models.slots import Slot

Key = tuple[int, str, datetime]


class Slots(Sheet[NewSlot]):
    """A start time that is there already is a fault: a second import of a file must not double its places."""

    kind = "slots"
    columns = Columns(required=("office", "system", "starts_local", "capacity"))

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self._offices = OfficeNames()
        self._rows: dict[Key, int] = {}

    def read(self, cells: Cells) -> NewSlot | None:
        """One start time from a row, None where it cannot be read."""
        system = cells.choice("system", SYSTEMS)
        capacity = cells.count("capacity", 1, PLACES_LIMIT)
        office = self._offices.of(cells)
        if office is None:
            return None
        if not office.held_here:
            cells.fault("office", "held_elsewhere")
        starts_at = cells.wall_time("starts_local", office.zone)
        if starts_at is None:
            return None
        if starts_at <= self.now:
            cells.fault("starts_local", "past")
        return NewSlot(office.id, system, starts_at, office.local(starts_at).date(), capacity)

    def compare(self, batch: list[tuple[Cells, NewSlot]]) -> None:
        """Note the start times that stand already."""
        there = _there([slot for _, slot in batch])
        for cells, slot in batch:
            key = (slot.office_id, slot.system, slot.starts_at)
            first = self._rows.setdefault(key, cells.number)
            if first != cells.number:
                cells.fault("starts_local", "twice_in_file", str(first))
            if key in there:
                cells.fault("starts_local", "slot_there")

    def write(self, records: list[NewSlot]) -> None:
        """Add the start times with their places."""
        add_slots(records)
        self.added += len(records)


def _there(slots: list[NewSlot]) -> set[Key]:
    """Which of these start times stand already (and some that were not asked for)."""
    query = Slot.select(Slot.office, Slot.system, Slot.starts_at).where(
        Slot.office.in_({slot.office_id for slot in slots}),
        Slot.starts_at.in_({slot.starts_at for slot in slots}),
    )
    return {(slot.office_id, slot.system, slot.starts_at) for slot in query} if slots else set()
