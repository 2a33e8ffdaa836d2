"""The commands on the data, as an operator runs them."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import Result
from flask import Flask

from models.appointments import Appointment
from models.imports import cells
from models.offices import Office
from models.people import Account
from models.slots import Slot
from models.wall_time import Trouble
from tests.conftest import Clock
from tests.models.import_files import A_SLOT, AN_APPOINTMENT, appointment_file, office, slot_file
from views.commands import data, rules
from views.commands.importing_words import LINES_SHOWN, WORDS

ROOT = Path(__file__).parents[2]
Run = Callable[..., Result]


@pytest.fixture
def run(app: Flask, database: object, clock: Clock) -> Run:
    """Runs a command of the app by its name."""
    known: dict[str | None, click.Command] = {one.name: one for one in (*data.COMMANDS, *rules.COMMANDS)}

    def invoke(name: str, *arguments: object, typed: str | bytes | None = None) -> Result:
        runner = app.test_cli_runner()
        return runner.invoke(known[name], [str(argument) for argument in arguments], input=typed)

    return invoke


def test_offices_slots_and_appointments_are_imported_one_after_the_other(run: Run, tmp_path: Path) -> None:
    assert run("import", "offices", ROOT / "models/reference/offices.csv").exit_code == 0
    Office.update(held="here").where(Office.code == "XAA").execute()
    result = run("import", "slots", slot_file(tmp_path / "slots.csv", A_SLOT.replace("XNY", "XAA")))
    assert (result.exit_code, result.stdout) == (0, "1 row: 1 added, 0 changed, 0 as they were.\n")
    assert (
        run("import", "appointments", appointment_file(tmp_path / "a.csv", {"office": "XAA"})).exit_code == 0
    )
    assert Appointment.select().count() == 1
    assert run("verify").exit_code == 0


def test_a_dry_run_says_what_would_be(run: Run, tmp_path: Path) -> None:
    office()
    result = run("import", "slots", slot_file(tmp_path / "slots.csv", A_SLOT), "--dry-run")
    assert (result.exit_code, result.stdout) == (0, "1 row can be imported. Nothing was changed.\n")
    assert not Slot.select().exists()


def test_each_faulty_row_is_one_line_with_what_to_do(run: Run, tmp_path: Path) -> None:
    office()
    rows = ("asc-XXX,haircut,2026-02-03T10:00,0", A_SLOT, "asc-XNY,biometrics,2026-03-08T02:30,3")
    result = run("import", "slots", slot_file(tmp_path / "slots.csv", *rows))
    assert result.exit_code == 1
    assert result.stdout == ""
    lines = [line for line in result.stderr.splitlines() if line.startswith(("Row", "Nothing"))]
    assert lines == [
        (
            "Row 2: system: write one of: biometrics; capacity: write a whole number from 1 to 1,000; "
            "office: no office has this name. Import the office first, or write it as KIND-CODE, such as asc-XNO."
        ),
        "Row 4: starts_local: the clocks of America/New_York skip this time. Choose an earlier or later one.",
        "Nothing was imported.",
    ]


def test_a_long_list_of_faults_ends_with_how_many_more(run: Run, tmp_path: Path) -> None:
    rows = ["asc-XXX,biometrics,2026-02-03T10:00,1"] * 1500
    result = run("import", "slots", slot_file(tmp_path / "slots.csv", *rows))
    lines = result.stderr.splitlines()
    assert sum(line.startswith("Row ") for line in lines) == LINES_SHOWN
    assert f"And {1500 - LINES_SHOWN:,} more rows like these." in lines


def test_what_was_typed_is_not_printed(run: Run, tmp_path: Path) -> None:
    office()
    row = {"family_name": "=Secretname", "date_of_birth": "1990-02-30", "contact_email": "secret"}
    result = run("import", "appointments", appointment_file(tmp_path / "a.csv", row))
    assert result.exit_code == 1
    assert not any(value in result.output for value in ("Secretname", "1990-02-30", "secret", "ABC-1234"))


def test_a_file_without_header_is_not_printed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(",".join(AN_APPOINTMENT.values()) + "\n", encoding="utf-8")
    result = run("import", "appointments", path)
    assert result.exit_code == 1
    assert "Nguyễn" not in result.output


def test_an_export_is_imported_again(run: Run, tmp_path: Path) -> None:
    office()
    run("import", "slots", slot_file(tmp_path / "slots.csv", A_SLOT))
    assert run("export", "slots", tmp_path / "out.csv").exit_code == 0
    assert (tmp_path / "out.csv").read_text() == f"office,system,starts_local,capacity\n{A_SLOT}\n"


def test_places_are_opened_and_opened_again(run: Run) -> None:
    office(weekly_hours="mon 08:00-09:00", places_per_slot=3, slot_minutes=30)
    order = ("open-slots", "--office", "XNY", "--from", "2026-02-02", "--to", "2026-02-08")
    assert run(*order).stdout == "2 times opened with 6 places; 0 stood already.\n"
    assert run(*order).stdout == "0 times opened with 0 places; 2 stood already.\n"


@pytest.mark.parametrize(
    ("name", "first", "words"),
    [
        ("asc-XXX", "2026-02-02", "KIND-CODE"),
        ("asc-XNY", "2026-02-02", "weekly hours"),
    ],
)
def test_places_that_cannot_be_opened_say_why(run: Run, name: str, first: str, words: str) -> None:
    office()
    result = run("open-slots", "--office", name, "--from", first, "--to", "2026-02-08")
    assert result.exit_code == 1
    assert words in result.stderr


def test_an_account_is_made_once(run: Run) -> None:
    office()
    order = ("create-account", " Officer@Example.org ", "--role", "officer", "--office", "asc-XNY")
    assert run(*order).exit_code == 0
    account = Account.get()
    assert (account.email, account.role, account.office.code) == ("officer@example.org", "officer", "XNY")
    assert run(*order).exit_code == 1
    assert Account.select().count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("nobody", "--role", "admin"),
        ("a@example.org", "--role", "king"),
        ("a@example.org", "--role", "officer"),
        ("a@example.org", "--role", "officer", "--office", "asc-XXX"),
    ],
)
def test_an_account_that_cannot_be_meant_is_not_made(run: Run, arguments: tuple[str, ...]) -> None:
    assert run("create-account", *arguments).exit_code != 0
    assert not Account.select().exists()


def test_verify_names_what_is_broken(run: Run, tmp_path: Path) -> None:
    office()
    run("import", "slots", slot_file(tmp_path / "slots.csv", A_SLOT))
    Slot.update(free=1).execute()
    result = run("verify")
    assert result.exit_code == 1
    assert "1 free and 0 in use of 3" in result.stdout


def test_a_list_is_judged_from_a_file_and_from_standard_input(run: Run, tmp_path: Path) -> None:
    golden = ROOT / "models/reference/golden.json"
    scenarios = [one for one in json.loads(golden.read_text()) if one["system"] == "biometrics"]
    file = tmp_path / "list.json"
    file.write_text(json.dumps(scenarios))
    result = run("judge", file)
    assert result.exit_code == 0
    assert run("judge", typed=file.read_text()).stdout == result.stdout
    answers = json.loads(result.stdout)
    assert [answer["verdict"] for answer in answers] == [one["verdict"] for one in scenarios]


@pytest.mark.parametrize(
    "typed", ["", "{}", "[1]", "[" * 100_000, '[{"id": "a", "system": "x", "facts": {}}]', b"\xff\xfe["]
)
def test_what_cannot_be_judged_is_told_on_standard_error_only(run: Run, typed: str | bytes) -> None:
    result = run("judge", typed=typed)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def codes_of(source: str) -> Iterator[str]:
    """The codes that a file's calls of `Fault(…, code, …)` and `fault(…, code, …)` write out."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and ast.unparse(call.func).rsplit(".", 1)[-1] in {"Fault", "fault"}:
            choices = call.args[1] if len(call.args) > 1 else call
            results = [choices.body, choices.orelse] if isinstance(choices, ast.IfExp) else [choices]
            yield from (one.value for one in results if isinstance(one, ast.Constant))


def test_every_fault_has_words_and_no_words_are_left_over() -> None:
    sources = [path.read_text() for path in Path(cells.__file__).parent.glob("*.py")]
    made = {code for source in sources for code in codes_of(source)}
    assert len(made) > 30
    assert made <= set(WORDS)
    assert {f"time_{trouble}" for trouble in Trouble} <= set(WORDS)
    assert [
        code for code in WORDS if not code.startswith("time_") and f'"{code}"' not in "".join(sources)
    ] == []
