"""Finding an appointment by number and date of birth, and the claim that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from peewee import JOIN

from models import audit
from models.appointments import (
    ActingAs,
    Appointment,
    Claim,
    Status,
    is_frozen,
    lock_appointment,
    normal_number,
    whole_appointments,
)
from models.cases import Case
from models.database import rows_of, write_tx
from models.outbox import Way
from models.people import Account, Person, normal_email
from models.sign_ins import Purpose, send_code, use_code
from models.telling import alert_office, contact_of, tell_contact

FREEZE_TIME = timedelta(hours=24)
# asked within the query: to read a row and then keep it back took a tenth longer than to find none
FOUND_BY_LOOK_UP = ~Case.protected & ~Case.account_only


@dataclass(frozen=True)
class Found:
    """A look-up that matched: the claim, and where the code must go when it is not confirmed yet."""

    claim: Claim
    code_to: tuple[Way, str] | None


def find(account: Account, number: str, born: date, acting_as: ActingAs, now: datetime) -> Found | None:
    """Claim the appointment with this number and date of birth; None for every kind of miss, protected ones too.

    The claim stands at once when the account's address is the contact on file, or when nobody can be asked.
    """
    appointment = _matching(number, born)
    if appointment is None:
        return None

    def work() -> Found:
        return _claim(account, lock_appointment(appointment.id), acting_as, now)

    return write_tx(work)


def send_claim_code(found: Found, now: datetime) -> tuple[str, str]:
    """Send the code that confirms a claim to the contact on file; (token, code)."""
    assert found.code_to is not None
    way, recipient = found.code_to
    language = found.claim.appointment.case.language
    return send_code(
        Purpose.CLAIM, recipient, now, language=language, about=f"claim:{found.claim.id}", way=way
    )


def confirm(claim: Claim, token: str, typed: str, now: datetime) -> bool:
    """Confirm a pending claim with the code that went to the contact on file."""
    if use_code(Purpose.CLAIM, token, typed, now, about=f"claim:{claim.id}") is None:
        return False

    def work() -> None:
        Claim.update(confirmed_at=now).where(Claim.id == claim.id, Claim.confirmed_at.is_null()).execute()
        tell_contact(claim, "claimed", now)
        _record(claim, "claim-confirmed", now)

    write_tx(work)
    return True


def code_to(claim: Claim) -> tuple[Way, str] | None:
    """Who must agree before this claim stands: the contact on file, else whoever claimed first."""
    contact = contact_of(claim.appointment)
    if contact is not None:
        return None if contact[1] == claim.account.email else contact
    first = _first_claim(claim.appointment)
    if first is None or first.account_id == claim.account_id:
        return None
    return Way.EMAIL, first.account.email


def not_me(appointment: Appointment, now: datetime) -> datetime:
    """Pause changes of a case for 24 hours because its contact said "this was not me"; until when.

    The office is told by letter, once for each pause.
    """
    until = now + FREEZE_TIME

    def work() -> None:
        fresh = lock_appointment(appointment.id)
        Case.update(frozen_until=until).where(Case.id == fresh.case_id).execute()
        audit.record("not-me", f"appointment:{fresh.id}", now)
        if not is_frozen(fresh.case, now):
            alert_office(fresh, until, now)

    write_tx(work)
    return until


def paused_appointments(now: datetime) -> list[Appointment]:
    """Every scheduled appointment whose changes are paused now, the pause that ends first at the top."""
    paused = whole_appointments().where(Case.frozen_until > now, Appointment.status == Status.SCHEDULED)
    return list(paused.order_by(Case.frozen_until, Appointment.id))


def knows(account: Account, number: str) -> bool:
    """Whether a number needs no guessing from this account: it has claimed it, or is the contact on file.

    Strangers who guess at the number never shut such an account out.
    """
    standing = (Claim.appointment == Appointment.id) & (Claim.account == account)
    standing &= Claim.confirmed_at.is_null(False) & Claim.ended_at.is_null()
    found = Appointment.select(Case.contact_email, Claim.id).join(Case).switch(Appointment)
    found = found.join(Claim, JOIN.LEFT_OUTER, on=standing)
    found = found.where(Appointment.confirmation_number == normal_number(number), FOUND_BY_LOOK_UP)
    return any(
        claim is not None or normal_email(contact) == account.email for contact, claim in rows_of(found)
    )


def _matching(number: str, born: date) -> Appointment | None:
    """The one appointment that number and date of birth open, by one query whatever is wrong."""
    found: Appointment | None = (
        whole_appointments()
        .where(
            Appointment.confirmation_number == normal_number(number),
            Person.date_of_birth == born,
            FOUND_BY_LOOK_UP,
        )
        .first()
    )
    return found


def _claim(account: Account, appointment: Appointment, acting_as: ActingAs, now: datetime) -> Found:
    claim = Claim.get_or_none(Claim.account == account, Claim.appointment == appointment)
    if claim is None:
        claim = Claim.create(account=account, appointment=appointment, acting_as=acting_as, made_at=now)
    claim.account, claim.appointment = account, appointment
    asked = code_to(claim)
    if claim.ended_at is not None:  # an ended claim begins anew, with a new agreement
        claim.ended_at, claim.confirmed_at, claim.made_at = None, None, now
    claim.acting_as = acting_as
    if asked is None and claim.confirmed_at is None:
        claim.confirmed_at = now
        claim.without_contact = contact_of(appointment) is None
        _record(claim, "claim-without-contact" if claim.without_contact else "claim-confirmed", now)
    claim.save()
    return Found(claim, None if claim.confirmed_at else asked)


def _first_claim(appointment: Appointment) -> Claim | None:
    """The earliest standing claim of an appointment."""
    query = Claim.select(Claim, Account).join(Account)
    query = query.where(
        Claim.appointment == appointment, Claim.confirmed_at.is_null(False), Claim.ended_at.is_null()
    )
    first: Claim | None = query.order_by(Claim.confirmed_at, Claim.id).first()
    return first


def _record(claim: Claim, what: str, now: datetime) -> None:
    audit.record(
        what,
        f"appointment:{claim.appointment_id}",
        now,
        claim.account_id,
        claim=claim.id,
        acting_as=claim.acting_as,
    )
