"""Large files: nothing half imported, and limits said."""

from pathlib import Path

import pytest
from peewee import Database

from models import verifying
from models.appointments import Appointment
from models.audit import AuditEvent
from models.cases import Case
from models.imports import reading
from models.offices import Held
from models.people import Person
from models.slots import Slot, SlotDay
from tests.models.import_files import (
    appointment_file,
    import_appointments,
    import_slots,
    office,
    slot_file,
    told,
)

MANY = 100_000


def slot_rows(count: int) -> list[str]:
    """So many different start times, minute by minute, in a zone without changes of the clock."""
    rows = []
    for number in range(count):
        day, minute = divmod(number, 1440)
        month, day = divmod(day, 28)
        rows.append(
            f"asc-XPH,biometrics,2027-{month + 1:02}-{day + 1:02}T{minute // 60:02}:{minute % 60:02},2"
        )
    return rows


def test_one_fault_at_the_end_of_many_rows_holds_back_all(database: Database, tmp_path: Path) -> None:
    office("XPH", time_zone="America/Phoenix")
    report = import_slots(
        slot_file(tmp_path / "slots.csv", *slot_rows(MANY - 1), "asc-XPH,biometrics,never,2")
    )
    assert told(report) == [(MANY + 1, "starts_local", "time_unreadable")]
    assert report.rows == MANY
    assert [table.select().count() for table in (Slot, SlotDay, AuditEvent)] == [0, 0, 0]


def test_many_slots_are_imported_and_counted(database: Database, tmp_path: Path) -> None:
    office("XPH", time_zone="America/Phoenix")
    assert import_slots(slot_file(tmp_path / "slots.csv", *slot_rows(10_000))).added == 10_000
    assert Slot.select().count() == 10_000
    assert list(verifying.days()) == []


def test_many_families_are_imported(any_database: Database, tmp_path: Path) -> None:
    office(held=Held.ELSEWHERE)
    rows = [
        {
            "confirmation_number": f"NUMBER{n}",
            "receipt_or_case_number": f"IOE{n // 3}",
            "given_name": f"Child {n % 3}",
        }
        for n in range(6000)
    ]
    assert import_appointments(appointment_file(tmp_path / "a.csv", *rows)).added == 6000
    counts = [table.select().count() for table in (Appointment, Case, Person)]
    assert counts == [6000, 2000, 6000]
    assert Appointment.select(Appointment.reference).distinct().count() == 6000


@pytest.mark.parametrize(("rows", "faults"), [(5, []), (6, [(0, "", "too_many_rows")])])
def test_more_rows_than_the_limit_are_refused(
    database: Database,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: int,
    faults: list[tuple[int, str, str]],
) -> None:
    monkeypatch.setattr(reading, "ROW_LIMIT", 5)
    office("XPH", time_zone="America/Phoenix")
    assert told(import_slots(slot_file(tmp_path / "slots.csv", *slot_rows(rows)))) == faults
    assert Slot.select().count() == (0 if faults else rows)


def test_a_file_beyond_the_limit_is_refused_before_it_is_read(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BYTE_LIMIT", 40)
    assert told(import_slots(slot_file(tmp_path / "slots.csv", *slot_rows(2)))) == [(0, "", "too_large")]
