"""Appointments, their history of moves, and who has claimed them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import SQL, BooleanField, Check, ForeignKeyField, IntegerField, TextField

from models.cases import Case
from models.database import BaseModel, DayField, InstantField, is_postgres
from models.offices import Office
from models.people import Account, Person
from models.prepared import Prepared
from models.slots import Slot


class Status(StrEnum):
    """The state of an appointment (facts.md, `status`)."""

    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class CausedBy(StrEnum):
    """Who made a move. Moves by an office held here never cost the person anything."""

    REQUESTOR = "requestor"
    OFFICE = "office"


class ActingAs(StrEnum):
    """For whom the person who found an appointment acts."""

    SELF = "self"
    PARENT = "parent"
    GUARDIAN = "guardian"


class Appointment(BaseModel):
    """One person's appointment of one case. `version` rises with every change that a reader could have missed."""

    reference = TextField(unique=True)
    confirmation_number = TextField(unique=True)
    case = ForeignKeyField(Case, backref="appointments", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="appointments", on_delete="RESTRICT")
    system = TextField()
    office = ForeignKeyField(Office, on_delete="RESTRICT")
    slot = ForeignKeyField(Slot, null=True, on_delete="RESTRICT")
    starts_at = InstantField()
    starts_local = TextField()
    scheduled_on = DayField()
    status = TextField(default=Status.SCHEDULED)
    place = TextField(default="asc")
    denied_as_abandoned = BooleanField(default=False)
    incapable = BooleanField(default=False)
    moves_by_requestor = IntegerField(default=0)
    moves_by_office = IntegerField(default=0)
    version = IntegerField(default=1)
    created_at = InstantField()

    class Meta:
        constraints = (
            Check("status IN ('scheduled', 'completed', 'cancelled')"),
            Check("moves_by_requestor >= 0 AND moves_by_office >= 0"),
        )


# one live appointment of a kind for each person of a case
Appointment.add_index(
    Appointment.index(
        Appointment.case,
        Appointment.person,
        Appointment.system,
        unique=True,
        where=SQL("status = 'scheduled'"),
        name="appointment_live",
    )
)


class Move(BaseModel):
    """One step of an appointment's history, numbered from 1."""

    appointment = ForeignKeyField(Appointment, backref="moves", on_delete="RESTRICT", index=False)
    number = IntegerField()
    caused_by = TextField()
    account = ForeignKeyField(Account, null=True, on_delete="RESTRICT", index=False)
    good_cause = TextField(null=True)
    good_cause_details = TextField(default="")
    from_office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", index=False)
    from_starts_at = InstantField()
    from_local = TextField()
    to_office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", index=False)
    to_starts_at = InstantField()
    to_local = TextField()
    made_at = InstantField()

    class Meta:
        indexes = ((("appointment", "number"), True),)
        constraints = (Check("caused_by IN ('requestor', 'office')"),)


class Claim(BaseModel):
    """An account's tie to an appointment: pending until the contact on file agreed, if there is one."""

    appointment = ForeignKeyField(Appointment, backref="claims", on_delete="RESTRICT")
    account = ForeignKeyField(Account, backref="claims", on_delete="RESTRICT", index=False)
    acting_as = TextField(default=ActingAs.SELF)
    without_contact = BooleanField(default=False)
    made_at = InstantField()
    confirmed_at = InstantField(null=True)
    ended_at = InstantField(null=True)

    class Meta:
        indexes = ((("account", "appointment"), True),)


def whole_appointments() -> Any:
    """A query of appointments with their case, person and office."""
    return _with_parts(Appointment.select(Appointment, Case, Person, Office))


def _whole_claims() -> Any:
    return _with_parts(Claim.select(Claim, Appointment, Case, Person, Office).join(Appointment))


def _with_parts(query: Any) -> Any:
    return query.join(Case).switch(Appointment).join(Person).switch(Appointment).join(Office)


def lock_appointment(appointment_id: int) -> Appointment:
    """The appointment with its row and its case's locked, before anything else is read. Call inside write_tx()."""
    if is_postgres():
        rows = Appointment.select(Appointment.id).join(Case).where(Appointment.id == appointment_id)
        rows.for_update(of=(Appointment, Case)).execute()
    found = _APPOINTMENT.rows(appointment_id=appointment_id)
    if not found:
        raise LookupError(f"there is no appointment {appointment_id}")
    appointment: Appointment = found[0]
    return appointment


_APPOINTMENT = Prepared(lambda appointment_id: whole_appointments().where(Appointment.id == appointment_id))


def normal_number(typed: str) -> str:
    """A confirmation or receipt number without spaces and dashes, in capitals."""
    return "".join(letter for letter in typed if letter.isalnum()).upper()


def claim_of(account: Account, reference: str) -> Claim | None:
    """The account's standing claim of the appointment with this reference, with all that a page shows of it."""
    found = _CLAIM.rows(account=account.id, reference=reference)
    return found[0] if found else None


_CLAIM = Prepared(
    lambda account, reference: _whole_claims().where(
        Claim.account == account, Claim.ended_at.is_null(), Appointment.reference == reference
    )
)


def claims_of(account: Account) -> list[Claim]:
    """All standing claims of an account, the next appointment first."""
    query = (
        _whole_claims()
        .where(Claim.account == account, Claim.ended_at.is_null())
        .order_by(Appointment.starts_at)
    )
    return list(query)


def is_frozen(case: Case, now: datetime) -> bool:
    """Whether changes are paused because somebody said "this was not me"."""
    return case.frozen_until is not None and now < case.frozen_until


def history_of(appointment: Appointment) -> list[Move]:
    """The moves of an appointment made in this installation, the latest first."""
    return list(appointment.moves.order_by(Move.number.desc()))
