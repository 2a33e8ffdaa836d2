"""Importing appointments: cases, persons and places, and every faulty row."""

from datetime import timedelta
from pathlib import Path

import pytest
from peewee import Database

from models import verifying
from models.appointments import Appointment
from models.audit import AuditEvent
from models.cases import PROTECTED_FORMS, Case
from models.database import write_tx
from models.holds import Hold, HoldKind
from models.offices import Held, Office
from models.opening import NewSlot, add_slots
from models.people import Account, Person
from models.slots import Slot, SlotDay, lock_slots, take
from models.wall_time import read_wall_time
from tests.models.import_files import NOW, appointment_file, import_appointments, office, told

NINE = "2026-02-03T09:00"


@pytest.fixture
def ground(any_database: Database) -> Office:
    """An office kept here with two places at nine, and one kept elsewhere."""
    office("AFR", held=Held.ELSEWHERE)
    place = office()
    starts_at = read_wall_time(NINE, place.zone)
    write_tx(lambda: add_slots([NewSlot(place.id, "biometrics", starts_at, starts_at.date(), 2)]))
    return place


def nothing_imported() -> bool:
    tables = (Appointment, Case, Person, AuditEvent)
    return not any(table.select().exists() for table in tables) and Slot.get().free == 2


def test_an_appointment_takes_its_place(ground: Office, tmp_path: Path) -> None:
    report = import_appointments(appointment_file(tmp_path / "a.csv", {}))
    assert (report.added, report.faults) == (1, [])
    found = Appointment.get()
    assert (found.confirmation_number, found.starts_local, found.version) == ("ABC12345678", NINE, 1)
    assert (found.slot.free, SlotDay.get().free, len(found.reference)) == (1, 1, 10)
    assert (found.person.full_name, found.case.number) == ("Thị Minh Nguyễn", "IOE0912345678")
    assert found.case.eligibility_category is None
    assert not found.case.protected
    assert verifying.breaches() == []


def test_a_dry_run_changes_nothing(ground: Office, tmp_path: Path) -> None:
    assert import_appointments(appointment_file(tmp_path / "a.csv", {}), dry_run=True).faults == []
    assert nothing_imported()


def test_a_family_shares_its_case(ground: Office, tmp_path: Path) -> None:
    child = {"confirmation_number": "CHILD-01", "given_name": "An", "date_of_birth": "2015-05-05"}
    assert import_appointments(appointment_file(tmp_path / "a.csv", {}, child)).added == 2
    assert (Case.select().count(), Person.select().count(), Slot.get().free) == (1, 2, 0)


def test_a_later_file_finds_case_and_person_again(ground: Office, tmp_path: Path) -> None:
    past = {"starts_local": "2026-01-12T09:00", "status": "completed"}
    import_appointments(appointment_file(tmp_path / "a.csv", past))
    import_appointments(appointment_file(tmp_path / "b.csv", {"confirmation_number": "LATER1"}))
    assert (Appointment.select().count(), Case.select().count(), Person.select().count()) == (2, 1, 1)


def test_rows_without_a_case_number_have_cases_of_their_own(ground: Office, tmp_path: Path) -> None:
    none = {"receipt_or_case_number": ""}
    rows = (none, none | {"confirmation_number": "OTHER1"})
    assert import_appointments(appointment_file(tmp_path / "a.csv", *rows)).added == 2
    assert (Case.select().count(), Person.select().count()) == (2, 2)


@pytest.mark.parametrize(
    "more",
    [
        {"starts_local": "2026-01-14T14:00"},
        {"starts_local": NINE, "status": "cancelled"},
        {"starts_local": "2026-02-03T11:11", "status": "cancelled"},
        {"starts_local": "2026-02-03T11:11", "office": "asc-AFR"},
    ],
)
def test_what_needs_no_place_takes_none(ground: Office, tmp_path: Path, more: dict[str, str]) -> None:
    assert import_appointments(appointment_file(tmp_path / "a.csv", more)).added == 1
    assert Appointment.get().slot is None
    assert Slot.get().free == 2


def test_a_place_that_does_not_stand_is_told(ground: Office, tmp_path: Path) -> None:
    report = import_appointments(appointment_file(tmp_path / "a.csv", {"starts_local": "2026-01-14T14:01"}))
    assert told(report) == [(2, "starts_local", "no_slot")]
    assert report.faults[0].told == "asc-XNY"
    assert nothing_imported()


def test_more_appointments_than_places_are_told(ground: Office, tmp_path: Path) -> None:
    rows = [{"confirmation_number": f"NUMBER{n}", "receipt_or_case_number": f"IOE{n}"} for n in range(3)]
    assert told(import_appointments(appointment_file(tmp_path / "a.csv", *rows))) == [
        (4, "starts_local", "no_place_left")
    ]
    assert nothing_imported()


def test_a_place_taken_by_somebody_else_is_told(ground: Office, tmp_path: Path) -> None:
    slot = Slot.get()
    write_tx(lambda: take(lock_slots(slot.id)[slot.id], 2))
    report = import_appointments(appointment_file(tmp_path / "a.csv", {}))
    assert told(report) == [(2, "starts_local", "no_place_left")]


def test_a_place_taken_between_check_and_write_is_told(
    ground: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.imports.places.take", lambda *_: False)
    report = import_appointments(appointment_file(tmp_path / "a.csv", {}))
    assert told(report) == [(2, "starts_local", "no_place_left")]
    assert nothing_imported()


@pytest.mark.parametrize(("seconds", "added"), [(0, 1), (1, 0)])
def test_a_place_is_open_once_its_hold_has_lapsed(
    ground: Office, tmp_path: Path, seconds: int, added: int
) -> None:
    import_appointments(appointment_file(tmp_path / "a.csv", {}))
    slot, account = Slot.get(), Account.create(email="holder@example.org", created_at=NOW)
    write_tx(lambda: take(lock_slots(slot.id)[slot.id]))
    Hold.create(appointment=Appointment.get(), slot=slot, account=account, key="k", kind=HoldKind.CHOICE,
                good_cause="other", seen_version=1, made_at=NOW, until=NOW + timedelta(seconds=seconds))  # fmt: skip
    other = {"confirmation_number": "OTHER1", "receipt_or_case_number": "IOE2"}
    assert import_appointments(appointment_file(tmp_path / "b.csv", other)).added == added
    assert verifying.breaches() == []


def test_a_known_confirmation_number_is_told(ground: Office, tmp_path: Path) -> None:
    path = appointment_file(tmp_path / "a.csv", {})
    import_appointments(path)
    assert told(import_appointments(path)) == [(2, "confirmation_number", "number_known")]
    assert (Appointment.select().count(), Slot.get().free) == (1, 1)


def test_a_confirmation_number_stands_once_in_a_file(ground: Office, tmp_path: Path) -> None:
    report = import_appointments(
        appointment_file(tmp_path / "a.csv", {}, {"confirmation_number": "abc12345678"})
    )
    assert told(report) == [(3, "confirmation_number", "twice_in_file")]


def test_a_second_live_appointment_of_a_person_is_told(ground: Office, tmp_path: Path) -> None:
    second = {"confirmation_number": "OTHER1"}
    fault = ("receipt_or_case_number", "live_twice")
    assert told(import_appointments(appointment_file(tmp_path / "a.csv", {}, second))) == [(3, *fault)]
    import_appointments(appointment_file(tmp_path / "a.csv", {}))
    assert told(import_appointments(appointment_file(tmp_path / "b.csv", second))) == [(2, *fault)]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("contact_email", "other@example.org"),
        ("form_or_visa_class", "N-400"),
        ("protected", "yes"),
        ("contact_phone", "+44 20 7946 0000"),
    ],
)
def test_rows_that_contradict_their_case_are_told(
    ground: Office, tmp_path: Path, column: str, value: str
) -> None:
    child = {"confirmation_number": "CHILD-01", "given_name": "An", column: value}
    report = import_appointments(appointment_file(tmp_path / "a.csv", {}, child))
    assert [(fault.row, fault.column, fault.code, fault.told) for fault in report.faults] == [
        (3, column, "case_differs", "2")
    ]
    import_appointments(appointment_file(tmp_path / "a.csv", {}))
    report = import_appointments(appointment_file(tmp_path / "b.csv", child))
    assert [(fault.row, fault.code, fault.told) for fault in report.faults] == [(2, "case_differs", "0")]


def test_a_row_that_leaves_the_contact_out_contradicts_nothing(ground: Office, tmp_path: Path) -> None:
    child = {"confirmation_number": "CHILD-01", "given_name": "An", "contact_email": "", "contact_phone": ""}
    assert import_appointments(appointment_file(tmp_path / "a.csv", {}, child)).added == 2
    assert Case.get().contact_email == "minh@example.org"


@pytest.mark.parametrize("form", sorted(PROTECTED_FORMS))
@pytest.mark.parametrize("said", ["", "no", "yes"])
def test_what_the_law_protects_is_protected_whatever_the_file_says(
    database: Database, tmp_path: Path, form: str, said: str
) -> None:
    office()
    row = {"status": "cancelled", "form_or_visa_class": form.replace("-VAWA", " VAWA"), "protected": said}
    assert import_appointments(appointment_file(tmp_path / "a.csv", row)).added == 1
    assert (Case.get().form_or_visa_class, Case.get().protected) == (form, True)


@pytest.mark.parametrize(("said", "protected"), [("", False), ("no", False), ("yes", True)])
def test_other_cases_are_protected_when_the_file_says_so(
    database: Database, tmp_path: Path, said: str, protected: bool
) -> None:
    office()
    row = {"status": "cancelled", "protected": said}
    assert import_appointments(appointment_file(tmp_path / "a.csv", row)).added == 1
    assert Case.get().protected is protected


def test_typing_of_every_kind_is_read_as_meant(ground: Office, tmp_path: Path) -> None:
    row = {
        "confirmation_number": "ａｂｃ １２３\u200b４５６",
        "date_of_birth": "١٩٩٠-٠٢-٢٨", "eligibility_category": "(C)(8)",
        "a_number": "a 012-345-678", "status": "", "place": "", "moves_by_requestor": "",
        "form_or_visa_class": "i\u2011485",
    }  # fmt: skip
    assert import_appointments(appointment_file(tmp_path / "a.csv", row)).faults == []
    found = Appointment.get()
    assert (found.confirmation_number, found.person.a_number) == ("ABC123456", "A012345678")
    assert (found.case.eligibility_category, found.case.form_or_visa_class) == ("c8", "I-485")
    assert (found.status, found.place, found.moves_by_requestor) == ("scheduled", "asc", 0)
    assert found.person.date_of_birth.isoformat() == "1990-02-28"
