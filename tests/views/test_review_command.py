"""`flask review`: the decision from the command line."""

import pytest
from click.testing import Result
from flask import Flask

from models.claims import not_me
from models.database import open_connection
from models.offices import Closure
from models.outbox import Letter
from models.reviews import Review, ReviewState
from tests.conftest import Clock
from tests.models.builders import choose, confirm, fresh, make_appointment, make_slot


@pytest.fixture
def waiting(app: Flask, clock: Clock) -> Review:
    """A wish that somebody has to look at."""
    appointment = make_appointment()
    choose(appointment, make_slot(), good_cause="other", good_cause_details="My bus does not run.")
    confirm(appointment)
    return Review.get()


def run(app: Flask, *arguments: str) -> Result:
    done = app.test_cli_runner().invoke(app.cli, ["review", *arguments])
    open_connection()
    return done


def test_the_list_says_what_waits_and_why(app: Flask, waiting: Review) -> None:
    done = run(app, "list")
    assert done.exit_code == 0, done.output
    assert done.output == (
        f"{waiting.id}  {waiting.appointment.reference}  until 2026-01-17 14:00 EST\n"
        "    from asc-XNY 2026-01-24T14:00\n"
        "    to   asc-XNY 2026-02-03T14:00\n"
        "    why  other-reason\n"
    )


def test_an_empty_list_says_so(app: Flask, clock: Clock) -> None:
    assert run(app, "list").output == "Nothing waits for a decision.\n"


def test_the_list_names_what_is_paused_and_until_when(app: Flask, clock: Clock) -> None:
    appointment = make_appointment()
    not_me(appointment, clock.now())
    assert run(app, "list").output == (
        f"paused  {appointment.reference}  until 2026-01-15 14:00 EST  somebody said: this was not me\n"
        "Nothing waits for a decision.\n"
    )


def test_what_ran_out_of_time_is_not_listed(app: Flask, waiting: Review, clock: Clock) -> None:
    clock.set(waiting.until)
    assert run(app, "list").output == "Nothing waits for a decision.\n"


def test_a_grant_moves_the_appointment(app: Flask, waiting: Review) -> None:
    done = run(app, "grant", str(waiting.id))
    assert (done.exit_code, done.output[:6]) == (0, "Moved.")
    assert fresh(waiting.appointment).starts_at == waiting.hold.slot.starts_at
    assert fresh(waiting).state == ReviewState.GRANTED
    assert fresh(waiting).decided_by.startswith("command line: ")
    assert Letter.select().where(Letter.kind == "moved").count() == 1


def test_a_grant_that_a_rule_blocks_now_says_so(app: Flask, waiting: Review) -> None:
    slot = waiting.hold.slot
    Closure.create(office=slot.office, day=slot.day)
    done = run(app, "grant", str(waiting.id))
    assert done.exit_code == 1
    assert done.output.startswith("Not moved: ")
    assert fresh(waiting.appointment).version == 1


def test_a_decline_keeps_the_time_and_says_why(app: Flask, waiting: Review) -> None:
    done = run(app, "decline", str(waiting.id), "--reason", "The  bus\nruns.")
    assert done.exit_code == 0, done.output
    assert fresh(waiting).state == ReviewState.DECLINED
    assert Letter.get(Letter.kind == "review_declined").data["reason"] == "The bus runs."
    assert fresh(waiting.hold.slot).free == 1


@pytest.mark.parametrize("reason", ["", "  ", "\x07", "a\x00b"])
def test_a_decline_needs_a_reason_that_can_be_read(app: Flask, waiting: Review, reason: str) -> None:
    assert run(app, "decline", str(waiting.id), "--reason", reason).exit_code == 1
    assert fresh(waiting).state == ReviewState.WAITING


def test_a_decline_without_a_reason_is_not_taken(app: Flask, waiting: Review) -> None:
    assert run(app, "decline", str(waiting.id)).exit_code == 2


@pytest.mark.parametrize("arguments", [("grant",), ("decline", "--reason", "No.")])
def test_only_the_first_decision_counts(app: Flask, waiting: Review, arguments: tuple[str, ...]) -> None:
    command, *options = arguments
    run(app, "decline", str(waiting.id), "--reason", "First.")
    done = run(app, command, str(waiting.id), *options)
    assert done.exit_code == 1
    assert "not waiting any more" in done.output
    assert fresh(waiting).reason == "First."


@pytest.mark.parametrize("arguments", [("grant",), ("decline", "--reason", "No.")])
def test_after_its_time_nothing_is_decided(
    app: Flask, waiting: Review, clock: Clock, arguments: tuple[str, ...]
) -> None:
    clock.set(waiting.until)
    command, *options = arguments
    assert run(app, command, str(waiting.id), *options).exit_code == 1
    assert fresh(waiting).state == ReviewState.WAITING
    assert fresh(waiting.appointment).version == 1


def test_a_number_that_is_not_there_is_said(app: Flask, clock: Clock) -> None:
    done = run(app, "grant", "404")
    assert done.exit_code == 1
    assert "There is no review 404" in done.output
