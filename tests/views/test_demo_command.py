"""`flask demo`: what it prints for scripts and for people, and when it declines."""

import json
from collections.abc import Callable
from typing import Any

from click.testing import Result
from flask import Flask
from peewee import Database

from models.appointments import Appointment
from models.cases import Case
from models.database import open_connection, write_tx
from tests.conftest import A_QUIET_INSTANT, Clock
from views.commands.demonstration import demo

APPOINTMENT_KEYS = {
    "reference", "confirmation_number", "date_of_birth", "system", "form", "office", "starts_local",
    "account", "acting_as", "verdict", "rules", "note",
}  # fmt: skip


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(demo, arguments)


def declared(app: Flask) -> dict[str, Any]:
    done = run(app, "--json")
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_it_declines_outside_the_demonstration_and_changes_nothing(app: Flask) -> None:
    done = run(app)
    assert done.exit_code == 2
    assert "GOODCAUSE_DEMO=1" in done.stderr
    open_connection()
    assert not Appointment.select().exists()


def test_it_prints_for_scripts_what_the_contract_says(make_app: Callable[..., Flask], clock: Clock) -> None:
    told = declared(make_app(DEMO="1"))
    assert told["base_time"] == A_QUIET_INSTANT.isoformat()
    assert (told["interviews"], told["visits"]) == ([], [])
    assert {account["role"] for account in told["accounts"]} == {
        "applicant", "representative", "firm_staff", "officer", "admin",
    }  # fmt: skip
    assert all(set(row) == APPOINTMENT_KEYS for row in told["appointments"])
    emails = {account["email"] for account in told["accounts"]}
    assert {row["account"] for row in told["appointments"]} <= emails
    first = told["appointments"][0]
    assert (first["confirmation_number"], first["verdict"], first["rules"]) == ("MOVE1001", "allowed", [])
    assert (first["office"], first["date_of_birth"], first["acting_as"]) == ("asc-XNO", "1988-03-14", "self")


def test_appointments_that_a_look_up_does_not_simply_open_stand_apart(
    make_app: Callable[..., Flask], clock: Clock
) -> None:
    told = declared(make_app(DEMO="1"))
    apart = {row["why_special"] for row in told["special_appointments"]}
    assert apart == {"held_elsewhere", "protected", "account_only", "frozen", "telephone_contact"}


def test_it_can_be_repeated_with_the_same_answer(make_app: Callable[..., Flask], clock: Clock) -> None:
    app = make_app(DEMO="1")
    assert declared(app) == declared(app)


def test_it_builds_around_the_clock_of_the_demonstration(make_app: Callable[..., Flask]) -> None:
    told = declared(make_app(DEMO="1", CLOCK="2027-06-01T12:00:00+00:00"))
    assert told["base_time"] == "2027-06-01T12:00:00+00:00"
    assert told["appointments"][0]["starts_local"].startswith("2027-06-")


def test_people_read_what_to_try(make_app: Callable[..., Flask], clock: Clock) -> None:
    done = run(make_app(DEMO="1"))
    assert done.exit_code == 0
    assert "MOVE1001  1988-03-14  ana.ibanez@mail.example" in done.stdout
    assert len(done.stdout.splitlines()) < 35


def test_it_never_clears_a_real_database(
    make_app: Callable[..., Flask], database: Database, clock: Clock
) -> None:
    app = make_app(DEMO="1")
    open_connection()
    write_tx(lambda: Case.create(system="biometrics", form_or_visa_class="I-90", number="REAL"))
    done = run(app)
    assert done.exit_code == 1
    assert "nothing was changed" in done.stderr
    open_connection()
    assert Case.select().count() == 1
