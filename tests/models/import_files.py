"""Files to import, and the offices that their rows speak of."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from models.imports.appointments import Appointments
from models.imports.importing import Report, run_import
from models.imports.slots import Slots
from models.offices import Held, Kind, Office

NOW = datetime(2026, 1, 14, 19, 0, tzinfo=UTC)
SLOT_HEADER = "office,system,starts_local,capacity"
A_SLOT = "asc-XNY,biometrics,2026-02-03T09:00,3"

AN_APPOINTMENT = {
    "confirmation_number": "ABC-1234-5678",
    "system": "biometrics",
    "office": "asc-XNY",
    "starts_local": "2026-02-03T09:00",
    "scheduled_on": "2026-01-05",
    "receipt_or_case_number": "IOE0912345678",
    "form_or_visa_class": "I-485",
    "eligibility_category": "",
    "family_name": "Nguyễn",
    "given_name": "Thị Minh",
    "date_of_birth": "1990-02-28",
    "a_number": "A012345678",
    "contact_email": "minh@example.org",
    "contact_phone": "+1 202 555 0123",
    "place": "asc",
    "status": "scheduled",
    "denied_as_abandoned": "no",
    "incapable": "no",
    "moves_by_requestor": "0",
    "moves_by_office": "0",
    "protected": "no",
}


def office(code: str = "XNY", kind: Kind = Kind.ASC, held: Held = Held.HERE, **more: object) -> Office:
    values = {"name": f"Office {code}", "city": "Somewhere", "time_zone": "America/New_York", **more}
    return Office.create(kind=kind, code=code, held=held, **values)


def slot_file(path: Path, *rows: str, header: str = SLOT_HEADER) -> Path:
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def appointment_file(
    path: Path, *rows: dict[str, str], columns: Iterable[str] = tuple(AN_APPOINTMENT)
) -> Path:
    """A file with one row for each dictionary of what differs from AN_APPOINTMENT."""
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, list(columns), extrasaction="ignore")
        table.writeheader()
        table.writerows(AN_APPOINTMENT | row for row in rows)
    return path


def import_slots(path: Path, dry_run: bool = False) -> Report:
    return run_import(Slots, path, NOW, dry_run)


def import_appointments(path: Path, dry_run: bool = False) -> Report:
    return run_import(Appointments, path, NOW, dry_run)


def told(report: Report) -> list[tuple[int, str, str]]:
    """The faults as (row, column, code)."""
    return [(fault.row, fault.column, fault.code) for fault in report.faults]
