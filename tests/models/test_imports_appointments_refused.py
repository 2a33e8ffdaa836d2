"""Rows of appointments that are refused, one fault at a time."""

from pathlib import Path

import pytest
from peewee import Database

from models.appointments import Appointment
from models.cases import Case
from tests.models.import_files import AN_APPOINTMENT, appointment_file, import_appointments, office, told


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"confirmation_number": "AB-123"}, ("confirmation_number", "number")),
        ({"confirmation_number": "A" * 21}, ("confirmation_number", "number")),
        ({"confirmation_number": "ABC_12345"}, ("confirmation_number", "number")),
        ({"confirmation_number": ""}, ("confirmation_number", "empty_cell")),
        ({"system": "visit-later"}, ("system", "choice")),
        ({"office": "asc-XXX"}, ("office", "office_unknown")),
        ({"starts_local": "2026-03-08T02:30"}, ("starts_local", "time_skipped")),
        ({"starts_local": "2026-11-01T01:30"}, ("starts_local", "time_twice")),
        ({"scheduled_on": "2026-02-30"}, ("scheduled_on", "day")),
        ({"scheduled_on": "01/05/2026"}, ("scheduled_on", "day")),
        ({"scheduled_on": ""}, ("scheduled_on", "empty_cell")),
        ({"scheduled_on": "2026-02-04"}, ("scheduled_on", "after_start")),
        ({"receipt_or_case_number": "IO"}, ("receipt_or_case_number", "number")),
        ({"form_or_visa_class": ""}, ("form_or_visa_class", "empty_cell")),
        ({"form_or_visa_class": "I_485"}, ("form_or_visa_class", "form")),
        ({"eligibility_category": "c-8!"}, ("eligibility_category", "category")),
        ({"family_name": ""}, ("family_name", "empty_cell")),
        ({"family_name": "=cmd|' /C calc'!A0"}, ("family_name", "formula")),
        ({"given_name": "@SUM(1)"}, ("given_name", "formula")),
        ({"given_name": "A\nB"}, ("given_name", "line_end")),
        ({"given_name": "A\x07"}, ("given_name", "control")),
        ({"date_of_birth": "1990-02-30"}, ("date_of_birth", "day")),
        ({"date_of_birth": "1899-12-31"}, ("date_of_birth", "day")),
        ({"date_of_birth": "2026-01-15"}, ("date_of_birth", "future")),
        ({"a_number": "A123"}, ("a_number", "a_number")),
        ({"contact_email": "minh"}, ("contact_email", "email")),
        ({"contact_phone": "12"}, ("contact_phone", "phone")),
        ({"place": "moon"}, ("place", "choice")),
        ({"status": "lost"}, ("status", "choice")),
        ({"incapable": "maybe"}, ("incapable", "yes_no")),
        ({"moves_by_requestor": "-1"}, ("moves_by_requestor", "count")),
        ({"moves_by_office": "two"}, ("moves_by_office", "count")),
        ({"protected": "?"}, ("protected", "yes_no")),
    ],
)
def test_one_faulty_row_holds_back_all(
    database: Database, tmp_path: Path, more: dict[str, str], fault: tuple[str, str]
) -> None:
    office()
    cancelled = {"status": "cancelled"}
    rows = (cancelled, cancelled | {"confirmation_number": "OTHER1", "receipt_or_case_number": "IOE2"} | more)
    assert told(import_appointments(appointment_file(tmp_path / "a.csv", *rows))) == [(3, *fault)]
    assert not Appointment.select().exists()
    assert not Case.select().exists()


@pytest.mark.parametrize("column", AN_APPOINTMENT)
def test_no_column_may_be_missing(database: Database, tmp_path: Path, column: str) -> None:
    columns = [name for name in AN_APPOINTMENT if name != column]
    report = import_appointments(appointment_file(tmp_path / "a.csv", {}, columns=columns))
    assert told(report) == [(1, "", "column_missing")]
    assert report.faults[0].told == column
