"""Tidying: nothing here is needed for a right answer, it only keeps the tables small."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from models.database import write_tx
from models.holds import Hold, HoldState, give_back_lapsed
from models.limits import LimitCount
from models.sign_ins import SESSION_TIME, OneTimeCode, Session
from models.slots import lock_slots

KEPT = timedelta(days=1)


def tidy(now: datetime) -> None:
    """Give lapsed places back and forget spent codes, old sessions and old counts. Safe to repeat."""
    lapsed = Hold.select(Hold.slot).where(Hold.state == HoldState.LIVE, Hold.until <= now).distinct()
    for slot_id in [hold.slot_id for hold in lapsed]:
        write_tx(partial(_give_back, slot_id, now))
    write_tx(lambda: OneTimeCode.delete().where(OneTimeCode.until <= now - KEPT).execute())
    write_tx(lambda: Session.delete().where(Session.made_at <= now - SESSION_TIME - KEPT).execute())
    write_tx(lambda: LimitCount.delete().where(LimitCount.began_at <= now - KEPT).execute())


def _give_back(slot_id: int, now: datetime) -> None:
    lock_slots(slot_id)
    give_back_lapsed(slot_id, now)
