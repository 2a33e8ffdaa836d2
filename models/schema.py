"""The tables, and the numbered steps that build them."""

from __future__ import annotations

from pathlib import Path

from playhouse.migrations import Runner

from models.appointments import Appointment, Claim, Move
from models.audit import AuditEvent, AuditHead
from models.cases import Case
from models.database import BaseModel, database
from models.feedback import Feedback
from models.holds import Hold
from models.limits import LimitCount
from models.offices import Closure, Office
from models.outbox import Letter
from models.people import Account, Person
from models.receipts import Receipt
from models.reviews import Review
from models.sign_ins import OneTimeCode, Session
from models.slots import Slot, SlotDay

MIGRATIONS = Path(__file__).parent / "migrations"

TABLES: tuple[type[BaseModel], ...] = (
    Office, Closure, Slot, SlotDay, Account, Person, Case, Appointment, Move, Claim, Hold, Receipt, Review,
    AuditEvent, AuditHead, Letter, OneTimeCode, Session, LimitCount, Feedback,
)  # fmt: skip


def migrate() -> list[str]:
    """Apply the steps that are missing, each in its own transaction; their names."""
    applied: list[str] = _runner().up()
    return applied


def pending() -> list[str]:
    """The names of the steps that are not applied yet."""
    return [step.name for step in _runner().status() if step.applied is None]


def _runner() -> Runner:
    return Runner(database.obj, str(MIGRATIONS))
