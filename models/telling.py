"""Who is told of what: the letters that belong to a change, written in its transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from models import outbox
from models.appointments import Appointment, Claim
from models.outbox import Way
from models.people import Account, normal_email
from models.receipts import Receipt


def contact_of(appointment: Appointment) -> tuple[Way, str] | None:
    """Where the contact on file is reached: e-mail before telephone, None when neither is known."""
    case = appointment.case
    if case.contact_email:
        return Way.EMAIL, normal_email(case.contact_email)
    return (Way.SMS, case.contact_phone) if case.contact_phone else None


def sms_number(account: Account, appointment: Appointment) -> str:
    """The number for a text message to the requestor, or an empty text."""
    return str(account.phone or appointment.case.contact_phone)


def way_to(account: Account, appointment: Appointment, contact_by: Way) -> tuple[Way, str]:
    """Where the requestor is reached in the way they chose; by e-mail where no number is known."""
    number = sms_number(account, appointment)
    return (Way.SMS, number) if contact_by == Way.SMS and number else (Way.EMAIL, account.email)


def tell(receipt: Receipt, account: Account | None, contact_by: Way, now: datetime) -> None:
    """Write the letters of a receipt: one to the requestor, one to the contact on file if that is somebody else."""
    appointment = receipt.appointment
    data = {"appointment": appointment.id, "receipt": receipt.id}
    contact, told = contact_of(appointment), set()
    if account is not None:
        way, to = way_to(account, appointment, contact_by)
        outbox.post(
            f"receipt:{receipt.code}:requestor",
            receipt.result,
            to,
            now,
            way=way,
            language=account.language,
            # the account's wish may send it to the contact's number: that letter needs the way to object
            to_contact=contact == (way, to) and to != account.email,
            **data,
        )
        told.add(to)
    if contact and contact[1] not in told:
        outbox.post(
            f"receipt:{receipt.code}:contact", receipt.result, contact[1], now,
            way=contact[0], language=appointment.case.language, to_contact=True, **data,
        )  # fmt: skip


def tell_contact(claim: Claim, kind: str, now: datetime, **data: Any) -> None:
    """Tell the contact on file that somebody else claimed the appointment."""
    contact = contact_of(claim.appointment)
    if contact is None or contact[1] == claim.account.email:
        return
    outbox.post(
        f"{kind}:{claim.id}:{int(now.timestamp())}", kind, contact[1], now,
        way=contact[0], language=claim.appointment.case.language,
        appointment=claim.appointment_id, to_contact=True, **data,
    )  # fmt: skip


def alert_office(appointment: Appointment, until: datetime, now: datetime) -> None:
    """Tell an office held here that the contact on file said "this was not me". Call inside write_tx()."""
    office = appointment.office
    if office.held_here and office.email:
        outbox.post(
            f"not_me_alert:{appointment.id}:{int(now.timestamp())}", "not_me_alert", office.email, now,
            appointment=appointment.id, until=int(until.timestamp()),
        )  # fmt: skip
