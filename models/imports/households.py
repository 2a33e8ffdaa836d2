"""The cases and persons of imported appointments: found by number and name, or made; a family shares its case."""

from __future__ import annotations

from dataclasses import dataclass

from models.appointments import Appointment, Status
from models.bulk import insert_rows, next_ids
from models.cases import Case
from models.imports.booking import Booking
from models.imports.cells import Cells
from models.people import Person, normal_email

CASE_COLUMNS = ("form_or_visa_class", "eligibility_category", "contact_email", "contact_phone", "protected")

CaseKey = tuple[str, str]
PersonKey = tuple[str, str, str, str, str]


@dataclass(slots=True)
class _KnownCase:
    """A case by its number: its row (0 = it stood before), what is said of it, and its id once it has one."""

    row: int
    said: tuple[str, ...]
    id: int = 0


@dataclass(slots=True)
class _KnownPerson:
    """A person of a case, and whether a live appointment is known."""

    live: bool
    id: int = 0


class Households:
    """What is known of cases and persons, from the database and from the rows so far."""

    def __init__(self) -> None:
        self._cases: dict[CaseKey, _KnownCase] = {}
        self._people: dict[PersonKey, _KnownPerson] = {}

    def compare(self, batch: list[tuple[Cells, Booking]]) -> None:
        """Note rows that contradict their case, or give a person a second live appointment."""
        self._look_up(
            {_case_key(booking) for _, booking in batch if booking.case_number} - self._cases.keys()
        )
        for cells, booking in batch:
            if booking.case_number:
                self._compare_case(cells, booking)
                self._compare_person(cells, booking)

    def write(self, bookings: list[Booking]) -> None:
        """Make the cases and persons that are new, and give every booking their ids."""
        self._write_cases(bookings)
        self._write_people(bookings)

    def _look_up(self, keys: set[CaseKey]) -> None:
        if not keys:
            return
        by_id: dict[int, CaseKey] = {}
        query = Case.select().where(Case.number.in_({number for _, number in keys}))
        for case in query.order_by(Case.id):
            key = (case.system, case.number)
            if key in keys and key not in self._cases:
                self._cases[key] = _KnownCase(0, _said(case), case.id)
                by_id[case.id] = key
        appointments = Appointment.select(Appointment.case, Appointment.status, Person).join(Person)
        for appointment in appointments.where(Appointment.case.in_(set(by_id))) if by_id else ():
            person = appointment.person
            born = person.date_of_birth.isoformat()
            key_of_person = (*by_id[appointment.case_id], person.family_name, person.given_name, born)
            known = self._people.setdefault(key_of_person, _KnownPerson(False, person.id))
            known.live |= appointment.status == Status.SCHEDULED

    def _compare_case(self, cells: Cells, booking: Booking) -> None:
        said = _said(booking)
        known = self._cases.setdefault(_case_key(booking), _KnownCase(booking.row, said))
        for column, new, old in zip(CASE_COLUMNS, said, known.said, strict=True):
            if new and new != old:
                cells.fault(column, "case_differs", str(known.row))

    def _compare_person(self, cells: Cells, booking: Booking) -> None:
        known = self._people.setdefault(_person_key(booking), _KnownPerson(False))
        if booking.is_live():
            if known.live:
                cells.fault("receipt_or_case_number", "live_twice")
            known.live = True

    def _write_cases(self, bookings: list[Booking]) -> None:
        without = {  # the first row of a case speaks for it
            _case_key(booking) if booking.case_number else booking.row: booking
            for booking in reversed(bookings)
            if not (booking.case_number and self._cases[_case_key(booking)].id)
        }
        for booking, id in zip(without.values(), next_ids(Case, len(without)), strict=True):
            booking.case_id = id
            if booking.case_number:
                self._cases[_case_key(booking)].id = id
        insert_rows(
            Case,
            ("id", "system", "number", "form_or_visa_class", "eligibility_category", "contact_email",
             "contact_phone", "language", "protected", "account_only"),
            [
                (new.case_id, new.system, new.case_number, new.form_or_visa_class,
                 new.eligibility_category or None, new.contact_email, new.contact_phone, "en", new.protected, False)
                for new in without.values()
            ],
        )  # fmt: skip
        for booking in bookings:
            if booking.case_number:
                booking.case_id = self._cases[_case_key(booking)].id

    def _write_people(self, bookings: list[Booking]) -> None:
        without = {
            _person_key(booking) if booking.case_number else booking.row: booking
            for booking in reversed(bookings)
            if not (booking.case_number and self._people[_person_key(booking)].id)
        }
        for booking, id in zip(without.values(), next_ids(Person, len(without)), strict=True):
            booking.person_id = id
            if booking.case_number:
                self._people[_person_key(booking)].id = id
        insert_rows(
            Person,
            ("id", "family_name", "given_name", "date_of_birth", "a_number"),
            [
                (new.person_id, new.family_name, new.given_name, new.date_of_birth.isoformat(), new.a_number)
                for new in without.values()
            ],
        )
        for booking in bookings:
            if booking.case_number:
                booking.person_id = self._people[_person_key(booking)].id


def _case_key(booking: Booking) -> CaseKey:
    return booking.system, booking.case_number


def _person_key(booking: Booking) -> PersonKey:
    born = booking.date_of_birth.isoformat()
    return (*_case_key(booking), booking.family_name, booking.given_name, born)


def _said(told: Booking | Case) -> tuple[str, ...]:
    """What is said of a case, in the order of CASE_COLUMNS; an empty cell contradicts nothing."""
    return (
        told.form_or_visa_class,
        told.eligibility_category or "",
        normal_email(told.contact_email),
        told.contact_phone,
        "yes" if told.protected else "no",
    )
