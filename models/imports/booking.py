"""An appointment as a row of a file tells it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.appointments import Status
from models.offices import Office


@dataclass(slots=True)
class Booking:
    """One row; the ids are filled in when it is written."""

    row: int
    reference: str
    confirmation_number: str
    system: str
    office: Office
    starts_at: datetime
    scheduled_on: date
    status: str
    place: str
    denied_as_abandoned: bool
    incapable: bool
    moves_by_requestor: int
    moves_by_office: int
    case_number: str
    form_or_visa_class: str
    eligibility_category: str
    contact_email: str
    contact_phone: str
    protected: bool
    family_name: str
    given_name: str
    date_of_birth: date
    a_number: str
    case_id: int = 0
    person_id: int = 0
    slot_id: int | None = None

    def is_live(self) -> bool:
        """Whether the appointment is stands as scheduled."""
        return self.status == Status.SCHEDULED

    def needs_place(self, now: datetime) -> bool:
        """Whether it takes up a place of a calendar kept here."""
        return self.is_live() and self.office.held_here and self.starts_at > now
