"""The control of the race: the product with a hold that looks and then writes, as many programs do.

Only the benchmark serves it (`--app bench.unguarded`), to show that the race would sell a place twice.
"""

from __future__ import annotations

import time
from datetime import datetime

from models import moving
from models.appointments import lock_appointment
from models.holds import Hold
from models.judging import Actor
from models.receipts import Receipt
from models.slots import Slot
from models.wishes import Wish

WINDOW = 0.002  # seconds between look and write: the load of a busy machine


def hold_without_guard(appointment_id: int, wish: Wish, actor: Actor, now: datetime) -> Hold | Receipt:
    """hold() without its transaction."""
    return moving._hold(lock_appointment(appointment_id), wish, actor, now)


def take_without_guard(slot: Slot) -> bool:
    """take() that trusts what it saw."""
    seen: int = Slot.get_by_id(slot.id).free
    time.sleep(WINDOW)
    if seen < 1:
        return False
    Slot.update(free=seen - 1).where(Slot.id == slot.id).execute()
    return True


moving.hold = hold_without_guard
moving.take = take_without_guard

from app import create_app  # noqa: E402, F401 - the views must meet the functions above
