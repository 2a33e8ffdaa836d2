"""What a demonstration appointment is made of, and the answer that is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.appointments import ActingAs, Status
from models.demonstration.people import Invented
from models.demonstration.starts import When
from models.offices import Office
from models.rules import Verdict


@dataclass(frozen=True, kw_only=True)
class Example:
    """One appointment. `verdict` and `rules` are what its page shows before the form is filled in.

    They are written by hand, most severe first and by name within one severity, so that a fault in
    the rules shows as a difference. They hold for six hours after the demonstration was built.
    `or_at` names other offices for an example that should start soon, wherever one is open then.
    """

    number: str
    person: Invented
    form: str
    office: str
    when: When
    verdict: Verdict
    rules: tuple[str, ...] = ()
    note: str
    or_at: tuple[str, ...] = ()
    case: str = ""
    category: str | None = None
    scheduled_on: date | None = None
    status: Status = Status.SCHEDULED
    place: str = "asc"
    denied_as_abandoned: bool = False
    moves_by_requestor: int = 0
    moves_by_office: int = 0
    acting_as: ActingAs = ActingAs.SELF
    contact_email: str | None = None
    contact_phone: str = ""
    language: str = "en"
    protected: bool = False
    account_only: bool = False
    frozen: bool = False
    linked: bool = False
    why_special: str = ""

    @property
    def email_on_file(self) -> str:
        """The contact on file; the person's own address unless the example says otherwise."""
        return self.person.email if self.contact_email is None else self.contact_email


@dataclass(frozen=True)
class Planned:
    """Where and when an example takes place; `booked` if it has a place in the office's calendar."""

    example: Example
    office: Office
    start: datetime
    booked: bool
