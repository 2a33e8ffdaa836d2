"""The places that imported appointments take in slots that are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from peewee import fn

from models.holds import Hold, HoldState, give_back_lapsed
from models.imports.booking import Booking
from models.imports.cells import Cells
from models.imports.reading import Fault
from models.slots import Slot, lock_slots, take

LOCKED_AT_ONCE = 500

Key = tuple[int, str, datetime]


@dataclass(slots=True)
class _Wanted:
    """A slot with what is open in it, and who of the file takes places."""

    slot_id: int
    open: int
    has_lapsed: bool
    taken: int = 0
    last_row: int = 0


class Places:
    """What the file's appointments take, slot by slot."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._wanted: dict[Key, _Wanted] = {}

    def compare(self, batch: list[tuple[Cells, Booking]]) -> None:
        """Note appointments for which no slot stands, or no place is left."""
        asking = [(cells, booking) for cells, booking in batch if booking.needs_place(self.now)]
        self._look_up({_key(booking) for _, booking in asking} - self._wanted.keys())
        for cells, booking in asking:
            wanted = self._wanted.get(_key(booking))
            if wanted is None:
                cells.fault("starts_local", "no_slot", booking.office.slug)
            elif wanted.taken >= wanted.open:
                cells.fault("starts_local", "no_place_left")
            else:
                wanted.taken += 1
                wanted.last_row = booking.row
                booking.slot_id = wanted.slot_id

    def take_all(self) -> Fault | None:
        """Take the places, slots in the order of their ids; the fault of a slot that has filled up meanwhile."""
        asked = sorted(
            (wanted for wanted in self._wanted.values() if wanted.taken), key=lambda one: one.slot_id
        )
        for begin in range(0, len(asked), LOCKED_AT_ONCE):
            part = asked[begin : begin + LOCKED_AT_ONCE]
            slots = lock_slots(*(wanted.slot_id for wanted in part))
            for wanted in part:
                if wanted.has_lapsed:
                    give_back_lapsed(wanted.slot_id, self.now)
                if not take(slots[wanted.slot_id], wanted.taken):
                    return Fault(wanted.last_row, "no_place_left", "starts_local")
        return None

    def _look_up(self, keys: set[Key]) -> None:
        if not keys:
            return
        lapsed = Hold.select(fn.COUNT(Hold.id)).where(
            Hold.slot == Slot.id, Hold.state == HoldState.LIVE, Hold.until <= self.now
        )
        query = Slot.select(Slot, lapsed.alias("lapsed")).where(
            Slot.office.in_({office for office, _, _ in keys}),
            Slot.starts_at.in_({starts_at for _, _, starts_at in keys}),
        )
        for slot in query:
            key = (slot.office_id, slot.system, slot.starts_at)
            if key in keys:
                self._wanted[key] = _Wanted(slot.id, slot.free + slot.lapsed, slot.lapsed > 0)


def _key(booking: Booking) -> Key:
    return booking.office.id, booking.system, booking.starts_at
