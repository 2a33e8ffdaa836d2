"""What is exported can be imported again, and runs no formula in a spreadsheet."""

import csv
from pathlib import Path
from typing import Any

from peewee import Database

from models.appointments import Appointment
from models.cases import Case
from models.exporting import lines
from models.imports.importing import run_import
from models.imports.offices import Offices
from models.people import Person
from models.slots import Slot, SlotDay
from tests.models.import_files import (
    NOW,
    appointment_file,
    import_appointments,
    import_slots,
    office,
    slot_file,
)

TABLES = (Appointment, Person, Case, Slot, SlotDay)


def exported(kind: str, path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines(kind))
    return path


def values(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_slots_come_back_as_they_were(any_database: Database, tmp_path: Path) -> None:
    office()
    twice = [f"asc-XNY,biometrics,2026-11-01T01:30{offset},2" for offset in ("-04:00", "-05:00")]
    import_slots(slot_file(tmp_path / "slots.csv", "asc-XNY,biometrics,2026-02-03T09:00,3", *twice))
    before = list(Slot.select(Slot.starts_at, Slot.capacity).order_by(Slot.starts_at).tuples())
    path = exported("slots", tmp_path / "out.csv")
    Slot.delete().execute()
    SlotDay.delete().execute()
    assert import_slots(path).added == 3
    assert list(Slot.select(Slot.starts_at, Slot.capacity).order_by(Slot.starts_at).tuples()) == before


def test_offices_come_back_as_they_were(database: Database, tmp_path: Path) -> None:
    office(
        name="=Office",
        notes="'quoted",
        longitude=-74.0,
        phone="+1 202 555 0100",
        weekly_hours="mon 08:00-16:00",
    )
    path = exported("offices", tmp_path / "out.csv")
    (row,) = values(path)
    assert (row["name"], row["notes"]) == ("'=Office", "''quoted")
    assert (row["longitude"], row["phone"]) == ("-74.0", "+1 202 555 0100")
    report = run_import(Offices, path, NOW)
    assert (report.faults, report.changed) == ([], 0)


def test_appointments_come_back_as_they_were(any_database: Database, tmp_path: Path) -> None:
    office()
    names: dict[str, Any] = {
        "family_name": "'=Smith",
        "given_name": "''t Hooft",
        "status": "completed",
        "place": "mobile",
    }
    import_appointments(appointment_file(tmp_path / "a.csv", names | {"eligibility_category": "c8"}))
    path = exported("appointments", tmp_path / "out.csv")
    before = values(path)
    assert (Person.get().family_name, before[0]["family_name"]) == ("=Smith", "'=Smith")
    for table in TABLES:
        table.delete().execute()
    assert import_appointments(path).faults == []
    assert values(exported("appointments", tmp_path / "again.csv")) == before
