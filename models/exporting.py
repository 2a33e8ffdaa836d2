"""Offices, slots and appointments as the CSV files that can be imported again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from io import StringIO
from typing import Any

from models.appointments import Appointment, whole_appointments
from models.imports.appointments import Appointments
from models.imports.cells import FORMULA_SIGNS
from models.imports.offices import Offices
from models.imports.slots import Slots
from models.offices import Office
from models.slots import Slot
from models.wall_time import write_wall_time

# what a spreadsheet may calculate with; everything else is text and must stay text
NUMBERS = frozenset(
    {"latitude", "longitude", "phone", "contact_phone", "capacity", "places_per_slot", "slot_minutes"}
)


def lines(kind: str) -> Iterator[str]:
    """The lines of a file of this kind (offices, slots, appointments), the header first."""
    columns, rows = EXPORTS[kind]
    yield _line(columns)
    for row in rows():
        yield _line([_cell(column, row[column]) for column in columns])


def _line(cells: list[str] | tuple[str, ...]) -> str:
    text = StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _cell(column: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    # an apostrophe of its own is doubled, because importing takes one off
    return f"'{text}" if column not in NUMBERS and text.startswith((*FORMULA_SIGNS, "'")) else text


def _offices() -> Iterator[dict[str, Any]]:
    for office in Office.select().order_by(Office.kind, Office.code).iterator():
        yield {column: getattr(office, column) for column in Offices.columns.known}


def _slots() -> Iterator[dict[str, Any]]:
    query = Slot.select(Slot, Office).join(Office).order_by(Slot.office, Slot.system, Slot.starts_at)
    for slot in query.iterator():
        yield {
            "office": slot.office.slug,
            "system": slot.system,
            "starts_local": write_wall_time(slot.starts_at, slot.office.zone),
            "capacity": slot.capacity,
        }


def _appointments() -> Iterator[dict[str, Any]]:
    for appointment in whole_appointments().order_by(Appointment.id).iterator():
        case, person, office = appointment.case, appointment.person, appointment.office
        row = {
            "office": office.slug,
            "starts_local": write_wall_time(appointment.starts_at, office.zone),
            "receipt_or_case_number": case.number,
        }
        for column in Appointments.columns.known:
            if column not in row:
                row[column] = next(
                    getattr(thing, column) for thing in (appointment, case, person) if hasattr(thing, column)
                )
        yield row


EXPORTS: dict[str, tuple[tuple[str, ...], Callable[[], Iterator[dict[str, Any]]]]] = {
    "offices": (Offices.columns.known, _offices),
    "slots": (Slots.columns.known, _slots),
    "appointments": (Appointments.columns.known, _appointments),
}
