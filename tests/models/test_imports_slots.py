"""Importing slots, with every bad file that reliability demands an answer to."""

import threading
from pathlib import Path

import pytest
from peewee import Database

from models import verifying
from models.audit import AuditEvent
from models.database import Busy, close_connection, open_connection
from models.imports.importing import Report
from models.imports.reading import CELL_LIMIT
from models.offices import Held, Kind
from models.slots import Slot, SlotDay
from tests.models.import_files import A_SLOT, SLOT_HEADER, import_slots, office, slot_file, told


def nothing_but_offices() -> bool:
    return not (Slot.select().exists() or SlotDay.select().exists() or AuditEvent.select().exists())


def test_a_file_is_imported_with_its_places_counted_by_day(any_database: Database, tmp_path: Path) -> None:
    place = office()
    rows = (A_SLOT, "XNY,biometrics,2026-02-03 09:30,2", "ASC-xny,Biometrics,2026-11-01T01:30-04:00,1")
    report = import_slots(slot_file(tmp_path / "slots.csv", *rows))
    assert (report.rows, report.added, report.faults) == (3, 3, [])
    assert [(slot.capacity, slot.free) for slot in Slot.select().order_by(Slot.starts_at)] == [
        (3, 3),
        (2, 2),
        (1, 1),
    ]
    assert SlotDay.get(SlotDay.office == place).capacity == 5
    assert AuditEvent.get().body == {"added": 3, "changed": 0, "rows": 3}
    assert verifying.breaches() == []


def test_a_dry_run_changes_nothing(database: Database, tmp_path: Path) -> None:
    office()
    report = import_slots(slot_file(tmp_path / "slots.csv", A_SLOT), dry_run=True)
    assert (report.rows, report.faults) == (1, [])
    assert nothing_but_offices()


def test_a_byte_order_mark_is_no_fault(database: Database, tmp_path: Path) -> None:
    office()
    path = tmp_path / "slots.csv"
    path.write_bytes(b"\xef\xbb\xbf" + f"{SLOT_HEADER}\r\n{A_SLOT}\r\n".encode())
    assert import_slots(path).added == 1


def test_empty_lines_and_an_apostrophe_are_no_fault(database: Database, tmp_path: Path) -> None:
    office()
    path = slot_file(tmp_path / "slots.csv", "", ",,,", "'asc-XNY,biometrics,'2026-02-03T09:00,'3", "")
    assert import_slots(path).added == 1


GOOD = f"{SLOT_HEADER}\n{A_SLOT}\n"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        pytest.param(GOOD.encode("utf-16"), (0, "", "utf_16"), id="UTF-16 with a mark"),
        pytest.param(GOOD.encode("utf-16-le"), (0, "", "utf_16"), id="UTF-16 little end first"),
        pytest.param(GOOD.encode("utf-16-be"), (0, "", "utf_16"), id="UTF-16 big end first"),
        pytest.param(GOOD.replace("XNY", "XNÿ").encode("latin-1"), (2, "office", "not_utf_8"), id="Latin 1"),
        pytest.param(b"\xff" + GOOD.encode(), (0, "", "not_utf_8"), id="header not UTF-8"),
        pytest.param(b"", (0, "", "empty"), id="empty"),
        pytest.param(f"{SLOT_HEADER}\n".encode(), (0, "", "no_rows"), id="header only"),
        pytest.param(f"{SLOT_HEADER}\n\n,,,\n".encode(), (0, "", "no_rows"), id="header and empty rows"),
        pytest.param(
            b"office,system,capacity\nXNY,biometrics,3\n", (1, "", "column_missing"), id="column missing"
        ),
        pytest.param(
            f"{SLOT_HEADER},office\n{A_SLOT},XNY\n".encode(), (1, "", "column_twice"), id="column twice"
        ),
        pytest.param(
            f"{SLOT_HEADER},size\n{A_SLOT},1\n".encode(), (1, "", "column_unknown"), id="column unknown"
        ),
        pytest.param(GOOD.replace(",", ";").encode(), (1, "", "separator"), id="semicolons"),
        pytest.param(b"PK\x03\x04" + bytes(200), (0, "", "workbook"), id="workbook renamed"),
        pytest.param(b"\xd0\xcf\x11\xe0" + bytes(200), (0, "", "workbook"), id="old workbook renamed"),
        pytest.param(b"%PDF-1.7\n", (0, "", "not_a_table"), id="PDF"),
        pytest.param(GOOD.replace("XNY", "X\0Y").encode(), (2, "office", "control"), id="NUL"),
        pytest.param(
            GOOD.replace("XNY", "X\x1bY").encode(), (2, "office", "control"), id="control character"
        ),
        pytest.param(f'{SLOT_HEADER}\n"{A_SLOT}\n'.encode(), (2, "", "quote"), id="quote never closed"),
        pytest.param(
            f'{SLOT_HEADER}\n"asc"-XNY,a,b,c\n'.encode(), (2, "", "quote"), id="quote inside a cell"
        ),
        pytest.param(f"{SLOT_HEADER}\n{'x' * 200_000}\n".encode(), (2, "", "quote"), id="endless cell"),
        pytest.param(f"{GOOD}asc-XNY,biometrics\n".encode(), (3, "", "width"), id="row too short"),
        pytest.param(f"{GOOD}{A_SLOT},3\n".encode(), (3, "", "width"), id="row too long"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_whole(
    database: Database, tmp_path: Path, content: bytes, fault: tuple[int, str, str]
) -> None:
    office()
    path = tmp_path / "slots.csv"
    path.write_bytes(content)
    assert told(import_slots(path)) == [fault]
    assert nothing_but_offices()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("asc-XXX,biometrics,2026-02-03T10:00,3", ("office", "office_unknown")),
        (",biometrics,2026-02-03T10:00,3", ("office", "empty_cell")),
        ("TWO,biometrics,2026-02-03T10:00,3", ("office", "office_of_many")),
        ("asc-AFR,biometrics,2026-02-03T10:00,3", ("office", "held_elsewhere")),
        ("asc-XNY,haircut,2026-02-03T10:00,3", ("system", "choice")),
        ("asc-XNY,,2026-02-03T10:00,3", ("system", "empty_cell")),
        ("asc-XNY,biometrics,2026-02-03T10:00,-1", ("capacity", "count")),
        ("asc-XNY,biometrics,2026-02-03T10:00,0", ("capacity", "count")),
        ("asc-XNY,biometrics,2026-02-03T10:00,1001", ("capacity", "count")),
        ("asc-XNY,biometrics,2026-02-03T10:00,1000000000", ("capacity", "count")),
        ("asc-XNY,biometrics,2026-02-03T10:00,1e3", ("capacity", "count")),
        ("asc-XNY,biometrics,2026-02-03T10:00,=1+2", ("capacity", "count")),
        ("asc-XNY,biometrics,2026-02-03T10:00,", ("capacity", "empty_cell")),
        ("asc-XNY,biometrics,2026-03-08T02:30,3", ("starts_local", "time_skipped")),
        ("asc-XNY,biometrics,2026-11-01T01:30,3", ("starts_local", "time_twice")),
        ("asc-XNY,biometrics,2026-07-01T09:30-07:00,3", ("starts_local", "time_other_offset")),
        ("asc-XNY,biometrics,2026-02-30T10:00,3", ("starts_local", "time_unreadable")),
        ("asc-XNY,biometrics,03/02/2026 10:00,3", ("starts_local", "time_unreadable")),
        ("asc-XNY,biometrics,=NOW(),3", ("starts_local", "time_unreadable")),
        ("asc-XNY,biometrics,,3", ("starts_local", "empty_cell")),
        ("asc-XNY,biometrics,2026-01-14T14:00,3", ("starts_local", "past")),
        (A_SLOT, ("starts_local", "twice_in_file")),
        (f"asc-XNY,biometrics,{'9' * (CELL_LIMIT + 1)},3", ("starts_local", "too_long")),
    ],
)
def test_one_faulty_row_holds_back_all(
    any_database: Database, tmp_path: Path, row: str, fault: tuple[str, str]
) -> None:
    office()
    office("AFR", held=Held.ELSEWHERE)
    office("TWO")
    office("TWO", kind=Kind.FIELD_OFFICE)
    assert told(import_slots(slot_file(tmp_path / "slots.csv", A_SLOT, row))) == [(3, *fault)]
    assert nothing_but_offices()


@pytest.mark.parametrize("capacity", [1, 1000])
def test_the_smallest_and_the_largest_capacity_are_accepted(
    database: Database, tmp_path: Path, capacity: int
) -> None:
    office()
    row = f"asc-XNY,biometrics,2026-01-14T14:01,{capacity}"
    assert import_slots(slot_file(tmp_path / "slots.csv", row)).added == 1


def test_digits_of_another_script_are_the_same_number(database: Database, tmp_path: Path) -> None:
    office()
    assert import_slots(slot_file(tmp_path / "slots.csv", "asc-XNY,biometrics,٢٠٢٦-٠٢-٠٣T٠٩:٠٠,٣")).added == 1
    assert Slot.get().capacity == 3


def test_a_row_tells_all_its_faults_at_once(database: Database, tmp_path: Path) -> None:
    report = import_slots(slot_file(tmp_path / "slots.csv", "asc-XNY,haircut,2026-02-03T09:00,0"))
    assert told(report) == [
        (2, "system", "choice"),
        (2, "capacity", "count"),
        (2, "office", "office_unknown"),
    ]
    assert report.faulty_rows == 1


def test_the_same_file_twice_is_told_and_changes_nothing(any_database: Database, tmp_path: Path) -> None:
    office()
    path = slot_file(tmp_path / "slots.csv", A_SLOT)
    assert import_slots(path).added == 1
    assert told(import_slots(path)) == [(2, "starts_local", "slot_there")]
    assert Slot.get().free == SlotDay.get().free == 3


def test_the_same_file_five_times_at_once_is_imported_once(any_database: Database, tmp_path: Path) -> None:
    office()
    path = slot_file(tmp_path / "slots.csv", A_SLOT)
    reports: list[Report] = []
    start = threading.Barrier(5)

    def work() -> None:
        open_connection()
        start.wait()
        try:
            reports.append(import_slots(path))
        finally:
            close_connection()

    threads = [threading.Thread(target=work) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((report.added, len(report.faults)) for report in reports) == [(0, 1)] * 4 + [(1, 0)]
    assert Slot.select().count() == AuditEvent.select().count() == 1
    assert verifying.breaches() == []


def test_an_import_that_is_cut_off_leaves_nothing(
    any_database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office()

    def stop(*_: object, **__: object) -> None:
        raise Busy

    monkeypatch.setattr("models.imports.importing.audit.record", stop)
    with pytest.raises(Busy):
        import_slots(slot_file(tmp_path / "slots.csv", A_SLOT))
    monkeypatch.undo()
    assert nothing_but_offices()
