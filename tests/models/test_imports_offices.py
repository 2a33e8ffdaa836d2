"""Importing offices: added, brought up to date, or refused."""

from pathlib import Path

import pytest
from peewee import Database

from models.audit import AuditEvent
from models.imports.importing import Report, run_import
from models.imports.offices import COLUMNS, Offices
from models.offices import Held, Office
from tests.models.import_files import A_SLOT, NOW, import_slots, slot_file, told

ROOT = Path(__file__).parents[2]
AN_OFFICE = {
    "code": "XNY", "kind": "asc", "name": "New York Application Support Center", "city": "New York", "region": "NY",
    "country": "US", "postal_code": "10014", "time_zone": "America/New_York", "latitude": "40.7", "longitude": "-74",
    "source": "", "confidence": "", "notes": "", "held": "here", "phone": "+1 202 555 0100", "email": "",
    "address": "", "weekly_hours": "mon 08:00-16:00", "places_per_slot": "3", "slot_minutes": "30",
}  # fmt: skip


def import_offices(path: Path, *rows: dict[str, str], columns: tuple[str, ...] = COLUMNS.known) -> Report:
    lines = [columns, *([(AN_OFFICE | row)[column] for column in columns] for row in rows)]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    path.write_text(text, encoding="utf-8")
    return run_import(Offices, path, NOW)


def test_the_offices_that_ship_can_be_imported(any_database: Database) -> None:
    report = run_import(Offices, ROOT / "models/reference/offices.csv", NOW)
    assert report.faults == []
    assert report.added == report.rows == Office.select().count() > 300
    assert run_import(Offices, ROOT / "models/reference/offices.csv", NOW).changed == 0


def test_an_office_is_added_with_all_that_is_told_of_it(database: Database, tmp_path: Path) -> None:
    assert import_offices(tmp_path / "offices.csv", {}).added == 1
    office = Office.get()
    assert (office.slug, office.held, office.longitude, office.places_per_slot) == (
        "asc-XNY",
        Held.HERE,
        -74.0,
        3,
    )


def test_a_known_office_is_brought_up_to_date(database: Database, tmp_path: Path) -> None:
    import_offices(tmp_path / "offices.csv", {})
    report = import_offices(
        tmp_path / "offices.csv", {"code": "xny", "phone": "+1 202 555 0101"}, {"code": "XNJ"}
    )
    assert (report.added, report.changed) == (1, 1)
    assert Office.get(Office.code == "XNY").phone == "+1 202 555 0101"


def test_a_column_that_is_left_out_is_left_alone(database: Database, tmp_path: Path) -> None:
    import_offices(tmp_path / "offices.csv", {})
    report = import_offices(tmp_path / "offices.csv", {"city": "Harlem"}, columns=COLUMNS.required)
    assert report.changed == 1
    office = Office.get()
    assert (office.city, office.held, office.weekly_hours) == ("Harlem", "here", "mon 08:00-16:00")


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"kind": "post_office"}, ("kind", "choice")),
        ({"code": "X-1"}, ("code", "code")),
        ({"code": ""}, ("code", "empty_cell")),
        ({"name": ""}, ("name", "empty_cell")),
        ({"name": "=HYPERLINK(1)"}, ("name", "formula")),
        ({"city": "+1+1"}, ("city", "formula")),
        ({"notes": "@SUM(1)"}, ("notes", "formula")),
        ({"name": "two\nlines"}, ("name", "line_end")),
        ({"country": "USA"}, ("country", "code")),
        ({"time_zone": "America/Gotham"}, ("time_zone", "zone")),
        ({"time_zone": "../../etc/passwd"}, ("time_zone", "zone")),
        ({"time_zone": ""}, ("time_zone", "empty_cell")),
        ({"latitude": "90.1"}, ("latitude", "degrees")),
        ({"longitude": "-180.1"}, ("longitude", "degrees")),
        ({"longitude": "nan"}, ("longitude", "degrees")),
        ({"held": "there"}, ("held", "choice")),
        ({"phone": "=1+1"}, ("phone", "phone")),
        ({"email": "office"}, ("email", "email")),
        ({"weekly_hours": "mon 8-16"}, ("weekly_hours", "hours")),
        ({"places_per_slot": "1001"}, ("places_per_slot", "count")),
        ({"slot_minutes": "1441"}, ("slot_minutes", "count")),
    ],
)
def test_a_faulty_office_holds_back_all(
    database: Database, tmp_path: Path, more: dict[str, str], fault: tuple[str, str]
) -> None:
    assert told(import_offices(tmp_path / "offices.csv", {"code": "XNJ"}, more)) == [(3, *fault)]
    assert not Office.select().exists()
    assert not AuditEvent.select().exists()


def test_text_marked_as_text_may_begin_like_a_formula(database: Database, tmp_path: Path) -> None:
    import_offices(tmp_path / "offices.csv", {"name": "'=Office", "notes": "first\nsecond"})
    assert (Office.get().name, Office.get().notes) == ("=Office", "first\nsecond")


def test_an_office_stands_once_in_a_file(database: Database, tmp_path: Path) -> None:
    report = import_offices(tmp_path / "offices.csv", {}, {"code": "xny"})
    assert told(report) == [(3, "code", "twice_in_file")]
    assert report.faults[0].told == "2"


def test_the_same_code_of_another_kind_is_another_office(database: Database, tmp_path: Path) -> None:
    assert import_offices(tmp_path / "offices.csv", {}, {"kind": "field_office"}).added == 2


@pytest.mark.parametrize(
    ("zone", "faults"), [("America/New_York", []), ("America/Chicago", [(2, "time_zone", "zone_in_use")])]
)
def test_the_zone_of_an_office_with_places_stays(
    any_database: Database, tmp_path: Path, zone: str, faults: list[tuple[int, str, str]]
) -> None:
    import_offices(tmp_path / "offices.csv", {})
    import_slots(slot_file(tmp_path / "slots.csv", A_SLOT))
    assert told(import_offices(tmp_path / "offices.csv", {"time_zone": zone})) == faults


def test_the_zone_of_an_office_without_places_may_change(database: Database, tmp_path: Path) -> None:
    import_offices(tmp_path / "offices.csv", {})
    assert import_offices(tmp_path / "offices.csv", {"time_zone": "America/Chicago"}).changed == 1
