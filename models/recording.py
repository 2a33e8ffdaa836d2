"""Writing a receipt with its letters and its audit event: the last step of every submission."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from models import audit, keys
from models.appointments import Appointment, Move, is_frozen
from models.judging import Actor, Judgement, is_present_time, local_text
from models.outbox import Way
from models.people import Account
from models.receipts import Receipt, Result, new_code
from models.rules import Verdict
from models.rules.parameters import SHIPPED
from models.slots import Slot
from models.telling import tell

TOLD = {Result.MOVED, Result.SENT_FOR_REVIEW}


@dataclass(frozen=True)
class Ground:
    """What stays the same through one submission: the appointment as locked, the key, who, and when."""

    appointment: Appointment
    key: str
    content: str
    actor: Actor
    now: datetime
    contact_by: Way = Way.EMAIL

    def with_new_key(self) -> Ground:
        """The same submission under a key of its own, when its key already stands for another answer."""
        return replace(self, key=keys.token())


def refuse(ground: Ground, judgement: Judgement, slot: Slot) -> Receipt:
    """The receipt of a blocked wish; when nothing but the place stands in the way it says so."""
    blocked = {hit.slug for hit in judgement.outcome.hits if hit.verdict == Verdict.BLOCKED}
    only_place = blocked == {"new-slot-unavailable"} and not is_present_time(slot, ground.appointment)
    taken = only_place and not is_frozen(ground.appointment.case, ground.now)
    return write_receipt(ground, Result.PLACE_TAKEN if taken else Result.REFUSED, judgement, slot)


def write_receipt(
    ground: Ground, result: Result, judgement: Judgement, slot: Slot, move: Move | None = None
) -> Receipt:
    """Write the receipt of a submission, its letters and its audit event."""
    appointment, outcome = ground.appointment, judgement.outcome
    receipt = Receipt.create(
        code=new_code(),
        appointment=appointment,
        key=ground.key,
        content=ground.content,
        system=appointment.system,
        result=result,
        verdict=outcome.verdict,
        rules=list(outcome.rules),
        facts=judgement.facts,
        parameters=SHIPPED.version,
        body=_body(ground, slot, move),
        account=ground.actor.account_id,
        move=move,
        made_at=ground.now,
    )
    if result in TOLD:
        tell(receipt, Account.get_by_id(ground.actor.account_id), ground.contact_by, ground.now)
    audit.record(
        "receipt", f"appointment:{appointment.id}", ground.now, ground.actor.account_id,
        code=receipt.code, result=result,
    )  # fmt: skip
    return receipt


def _body(ground: Ground, slot: Slot, move: Move | None) -> dict[str, Any]:
    """What the receipt's page shows: the old and the wished time, and why changes are paused if they are."""
    appointment = ground.appointment
    frozen = is_frozen(appointment.case, ground.now)
    return {
        "old": move_end(move.from_office_id, move.from_starts_at, move.from_local)
        if move
        else move_end(appointment.office_id, appointment.starts_at, appointment.starts_local),
        "new": move_end(slot.office_id, slot.starts_at, local_text(slot)),
        "contact_by": ground.contact_by,
        "moves_by_requestor": appointment.moves_by_requestor,
        "frozen_until": int(appointment.case.frozen_until.timestamp()) if frozen else None,
    }


def move_end(office_id: int, starts_at: datetime, local: str) -> dict[str, Any]:
    """One end of a move, as plain values."""
    return {"office": office_id, "starts_at": int(starts_at.timestamp()), "local": local}
