"""Slots, the places in them, and the day table kept in step with them."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from peewee import SQL, Check, ForeignKeyField, IntegerField, TextField

from models.database import BaseModel, DayField, InstantField, is_postgres
from models.offices import Closure, Office
from models.prepared import Prepared


class Slot(BaseModel):
    """A start time at an office with a number of places; `free` counts what nobody has or holds."""

    office = ForeignKeyField(Office, on_delete="RESTRICT", index=False)
    system = TextField()
    starts_at = InstantField()
    day = DayField()
    capacity = IntegerField()
    free = IntegerField()

    class Meta:
        indexes = ((("office", "system", "starts_at"), True),)
        constraints = (Check("free BETWEEN 0 AND capacity"),)


# written as `free > 0` here and in every query: another spelling leaves the index unused
Slot.add_index(Slot.index(Slot.office, Slot.system, Slot.starts_at, where=SQL("free > 0"), name="slot_open"))


class SlotDay(BaseModel):
    """The places of one office, system and local day, kept in step with `Slot` in the same transaction."""

    office = ForeignKeyField(Office, on_delete="RESTRICT", index=False)
    system = TextField()
    day = DayField()
    capacity = IntegerField()
    free = IntegerField()

    class Meta:
        indexes = ((("office", "system", "day"), True),)
        constraints = (Check("free BETWEEN 0 AND capacity"),)


def take(slot: Slot, count: int = 1) -> bool:
    """Take places if that many are free; call inside write_tx() with the slot row locked."""
    taken: int = _TAKE.run(slot=slot.id, count=count).rowcount
    if taken:
        _count_in_day(slot, -count)
    return taken == 1


_TAKE = Prepared(
    lambda slot, count: Slot.update(free=Slot.free - count).where(Slot.id == slot, Slot.free >= count)
)


def give_back(slot: Slot, count: int = 1) -> None:
    """Give places back; call inside write_tx() with the slot row locked."""
    _GIVE_BACK.run(slot=slot.id, count=count)
    _count_in_day(slot, count)


_GIVE_BACK = Prepared(lambda slot, count: Slot.update(free=Slot.free + count).where(Slot.id == slot))


def _count_in_day(slot: Slot, count: int) -> None:
    _COUNT_IN_DAY.run(office=slot.office_id, system=slot.system, day=slot.day, count=count)


_COUNT_IN_DAY = Prepared(
    lambda office, system, day, count: SlotDay.update(free=SlotDay.free + count).where(
        SlotDay.office == office, SlotDay.system == system, SlotDay.day == day
    )
)


def _day_of(slot: Slot) -> Any:
    return (SlotDay.office == slot.office_id) & (SlotDay.system == slot.system) & (SlotDay.day == slot.day)


def lock_slots(*ids: int | None) -> dict[int, Slot]:
    """Lock slots and their days in the order of their ids, so that two movers never wait for each other.

    Everything a transaction will take or give back must be named at once.
    """
    wanted = {id for id in ids if id is not None}
    if is_postgres():
        Slot.select(Slot.id).where(Slot.id.in_(wanted)).order_by(Slot.id).for_update().execute()
    slots = {slot.id: slot for slot in Slot.select(Slot, Office).join(Office).where(Slot.id.in_(wanted))}
    if slots and is_postgres():
        days = [_day_of(slot) for slot in slots.values()]
        SlotDay.select(SlotDay.id).where(reduce(or_, days)).order_by(SlotDay.id).for_update().execute()
    return slots


def is_closed(slot: Slot) -> bool:
    """Whether the office is closed on the slot's day."""
    return bool(Closure.select().where(Closure.office == slot.office_id, Closure.day == slot.day).exists())
