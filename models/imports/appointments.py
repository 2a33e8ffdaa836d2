"""Importing appointments with their cases and persons."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Any

from models import keys
from models.appointments import Appointment, Status
from models.bulk import insert_rows
from models.cases import PROTECTED_FORMS
from models.imports.booking import Booking
from models.imports.cells import Cells
from models.imports.households import Households
from models.imports.importing import Sheet
from models.imports.office_names import OfficeNames
from models.imports.places import Places
from models.imports.reading import Columns, Fault
from models.rules.systems import SYSTEMS

PLACES = ("asc", "mobile", "homebound", "dhs_custody", "jail", "abroad")
FORM = re.compile(r"[A-Z0-9][A-Z0-9-]{1,29}")
CATEGORY = re.compile(r"[a-z0-9]{1,10}")
A_NUMBER = re.compile(r"A?[0-9]{7,9}")
REFERENCE_LETTERS = 10
MOVES_LIMIT = 99


class Appointments(Sheet[Booking]):
    """A confirmation number that is known already is a fault: changes of an appointment are moves."""

    kind = "appointments"
    columns = Columns(
        required=(
            "confirmation_number", "system", "office", "starts_local", "scheduled_on", "receipt_or_case_number",
            "form_or_visa_class", "eligibility_category", "family_name", "given_name", "date_of_birth", "a_number",
            "contact_email", "contact_phone", "place", "status", "denied_as_abandoned", "incapable",
            "moves_by_requestor", "moves_by_office", "protected",
        )
    )  # fmt: skip

    def __init__(self, now: datetime) -> None:
        super().__init__(now)
        self._offices = OfficeNames()
        self._households = Households()
        self._places = Places(now)
        self._rows: dict[str, int] = {}

    def read(self, cells: Cells) -> Booking | None:
        """One booking from a row, None where the office or the time cannot be read."""
        office = self._offices.of(cells)
        starts_at = cells.wall_time("starts_local", office.zone) if office else None
        form = _form(cells)
        scheduled_on, born = cells.day("scheduled_on"), cells.day("date_of_birth")
        values: dict[str, Any] = {
            "row": cells.number,
            "reference": keys.random_letters(REFERENCE_LETTERS),
            "confirmation_number": cells.number_of("confirmation_number", 6, 20, required=True),
            "system": cells.choice("system", SYSTEMS),
            "scheduled_on": scheduled_on,
            "status": cells.choice("status", Status, Status.SCHEDULED),
            "place": cells.choice("place", PLACES, PLACES[0]),
            "denied_as_abandoned": cells.yes_no("denied_as_abandoned"),
            "incapable": cells.yes_no("incapable"),
            "moves_by_requestor": cells.count("moves_by_requestor", 0, MOVES_LIMIT, 0),
            "moves_by_office": cells.count("moves_by_office", 0, MOVES_LIMIT, 0),
            "case_number": cells.number_of("receipt_or_case_number", 3, 30),
            "form_or_visa_class": form,
            "eligibility_category": _category(cells),
            "contact_email": cells.email("contact_email"),
            "contact_phone": cells.phone("contact_phone"),
            # a file of all "no" must not open what the law closes
            "protected": cells.yes_no("protected") or form in PROTECTED_FORMS,
            "family_name": _name(cells, "family_name", required=True),
            "given_name": _name(cells, "given_name"),
            "date_of_birth": born,
            "a_number": _a_number(cells),
        }
        if office is None or starts_at is None:
            return None
        if scheduled_on > office.local(starts_at).date():
            cells.fault("scheduled_on", "after_start")
        if born > office.today(self.now):
            cells.fault("date_of_birth", "future")
        return Booking(office=office, starts_at=starts_at, **values)

    def compare(self, batch: list[tuple[Cells, Booking]]) -> None:
        """Note the faults that only other rows and the database show."""
        known = _known_numbers([booking.confirmation_number for _, booking in batch])
        for cells, booking in batch:
            first = self._rows.setdefault(booking.confirmation_number, cells.number)
            if first != cells.number:
                cells.fault("confirmation_number", "twice_in_file", str(first))
            if booking.confirmation_number in known:
                cells.fault("confirmation_number", "number_known")
        new = [(cells, booking) for cells, booking in batch if not cells.faults]
        self._households.compare(new)
        self._places.compare(new)

    def write(self, records: list[Booking]) -> None:
        """Add the bookings with their cases and persons."""
        self._households.write(records)
        insert_rows(Appointment, _FIELDS, [_values(booking, self.now) for booking in records])
        self.added += len(records)

    def finish(self) -> Fault | None:
        """What is wrong with the file as a whole, once every row is written."""
        return self._places.take_all()


_FIELDS = (
    "reference", "confirmation_number", "case", "person", "system", "office", "slot", "starts_at", "starts_local",
    "scheduled_on", "status", "place", "denied_as_abandoned", "incapable", "moves_by_requestor", "moves_by_office",
    "version", "created_at",
)  # fmt: skip


def _values(booking: Booking, now: datetime) -> tuple[object, ...]:
    """The database values of an appointment row, in the order of _FIELDS."""
    return (
        booking.reference, booking.confirmation_number, booking.case_id, booking.person_id,
        booking.system, booking.office.id, booking.slot_id, int(booking.starts_at.timestamp()),
        booking.office.local(booking.starts_at).strftime("%Y-%m-%dT%H:%M"), booking.scheduled_on.isoformat(),
        booking.status, booking.place, booking.denied_as_abandoned, booking.incapable,
        booking.moves_by_requestor, booking.moves_by_office, 1, int(now.timestamp()),
    )  # fmt: skip


def _known_numbers(numbers: list[str]) -> set[str]:
    if not numbers:
        return set()
    query = Appointment.select(Appointment.confirmation_number).where(
        Appointment.confirmation_number.in_(numbers)
    )
    return {appointment.confirmation_number for appointment in query}


def _name(cells: Cells, column: str, *, required: bool = False) -> str:
    """A name as written, in the composed form, so that the same name is the same text."""
    return unicodedata.normalize("NFC", cells.words(column, required=required))


def _form(cells: Cells) -> str:
    form = re.sub(r"\s+", "-", cells.plain("form_or_visa_class").upper())
    if not FORM.fullmatch(form):
        cells.fault("form_or_visa_class", "form" if form else "empty_cell")
    return form


def _category(cells: Cells) -> str:
    """A work-permit category in the form of the rules: `(c)(8)` is `c8`."""
    text = re.sub(r"[\s()]", "", cells.plain("eligibility_category")).lower()
    if text and not CATEGORY.fullmatch(text):
        cells.fault("eligibility_category", "category")
    return text


def _a_number(cells: Cells) -> str:
    text = re.sub(r"[\s-]", "", cells.plain("a_number")).upper()
    if text and not A_NUMBER.fullmatch(text):
        cells.fault("a_number", "a_number")
    return text
