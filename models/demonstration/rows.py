"""The rows of one demonstration appointment: account, person, case, the appointment, and its link if it has one."""

from __future__ import annotations

from datetime import datetime, timedelta

from models.appointments import Appointment, Claim
from models.cases import Case
from models.claims import FREEZE_TIME
from models.demonstration.calendars import BIOMETRICS
from models.demonstration.examples import Example, Planned
from models.demonstration.people import WORKERS, Invented
from models.offices import Office
from models.people import Account, Person
from models.slots import Slot

FIRST_SET = timedelta(days=30)  # before now; long enough for a notice to have arrived
CASE_NUMBER = 900_000_000


def add_workers(offices: dict[str, Office], now: datetime) -> None:
    """Write the accounts of those who sign in to work."""
    for worker in WORKERS:
        Account.create(
            email=worker.email,
            role=worker.role,
            name=worker.name,
            office=offices.get(worker.office),
            created_at=now - FIRST_SET,
        )


def add_example(planned: Planned, position: int, slot: Slot | None, now: datetime) -> None:
    """Write an example's rows. Its reference is the same each time, so that an open page stays right."""
    example, office, start = planned.example, planned.office, planned.start
    account = _account(example, now)
    appointment: Appointment = Appointment.create(
        reference=f"DEMA{position:06d}",
        confirmation_number=example.number,
        case=_case(example, position, now),
        person=add_person(example.person, office, now),
        system=BIOMETRICS,
        office=office,
        slot=slot,
        starts_at=start,
        starts_local=wall_time(office, start),
        scheduled_on=example.scheduled_on or office.local(min(start, now) - FIRST_SET).date(),
        status=example.status,
        place=example.place,
        denied_as_abandoned=example.denied_as_abandoned,
        moves_by_requestor=example.moves_by_requestor,
        moves_by_office=example.moves_by_office,
        created_at=now - FIRST_SET,
    )
    if example.linked:
        at = now - timedelta(days=1)
        Claim.create(
            appointment=appointment, account=account, acting_as=example.acting_as, made_at=at, confirmed_at=at
        )


def add_one_of_many(someone: Invented, number: int, office: Office, slot: Slot, now: datetime) -> None:
    """Write somebody who only takes a place."""
    case = Case.create(
        system=BIOMETRICS,
        number=f"IOE{CASE_NUMBER * 2 + number:010d}",
        form_or_visa_class="I-485",
        contact_email=someone.email,
    )
    Appointment.create(
        reference=f"DEMC{number:06d}",
        confirmation_number=f"CROWD{number:05d}",
        case=case,
        person=add_person(someone, office, now),
        system=BIOMETRICS,
        office=office,
        slot=slot,
        starts_at=slot.starts_at,
        starts_local=wall_time(office, slot.starts_at),
        scheduled_on=office.local(now - FIRST_SET).date(),
        created_at=now - FIRST_SET,
    )


def add_person(someone: Invented, office: Office, now: datetime) -> Person:
    """Write an invented person."""
    person: Person = Person.create(
        family_name=someone.family_name,
        given_name=someone.given_name,
        date_of_birth=someone.born_on(office.today(now)),
    )
    return person


def wall_time(office: Office, start: datetime) -> str:
    """A start as notices print it."""
    return office.local(start).strftime("%Y-%m-%dT%H:%M")


def _account(example: Example, now: datetime) -> Account:
    person = example.person
    name = "" if isinstance(person.born, int) else f"{person.given_name} {person.family_name}".strip()
    account, _ = Account.get_or_create(
        email=person.email,
        defaults={"name": name, "language": example.language, "created_at": now - FIRST_SET},
    )
    return account


def _case(example: Example, position: int, now: datetime) -> Case:
    number = example.case or f"IOE{CASE_NUMBER + position:010d}"
    case, _ = Case.get_or_create(
        system=BIOMETRICS,
        number=number,
        defaults={
            "form_or_visa_class": example.form,
            "eligibility_category": example.category,
            "contact_email": example.email_on_file,
            "contact_phone": example.contact_phone,
            "language": example.language,
            "protected": example.protected,
            "account_only": example.account_only,
            "frozen_until": now + FREEZE_TIME if example.frozen else None,
        },
    )
    return case
