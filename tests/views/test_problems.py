"""What programs are told when something was not done, and settings that stop the start with one line."""

import re
import subprocess
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from tests.conftest import Clock
from tests.demonstration import FLASK, ROOT, demonstration_environment
from tests.models.builders import NOW, make_appointment, make_slot
from tests.pages import StrictClient
from tests.views.movers import Mover
from tests.views.visitors import form_key
from views import clock as clocks
from views.letter_tokens import VALID, LinkKind, token
from views.settings import BadSetting

PROGRAM = {"Accept": "application/json"}


def test_a_program_is_told_of_a_field_to_mend_as_a_problem(client: StrictClient) -> None:
    form = {"email": "nobody <b>here</b>", "csrf_token": form_key(client.page("/sign-in"))}
    answer = client.post("/sign-in", data=form, headers=PROGRAM)
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert (answer.json["status"], answer.json["title"]) == (422, "Something is missing or cannot be read")
    assert "here" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.post("/sign-in", data=form).mimetype == "text/html"


def test_a_program_is_told_of_a_move_that_could_not_be_made_as_a_problem(app: Flask, clock: Clock) -> None:
    clock.set(NOW)
    mover = Mover(app, make_appointment())
    form = mover.form(make_slot(free=0))
    answer = mover.client.post(mover.address, data=form, headers=PROGRAM)
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert answer.json == {
        "type": "about:blank", "title": "It could not be done as asked", "status": 409,
        "detail": "Nothing was changed. Look at the page again and choose anew.",
    }  # fmt: skip


def test_a_program_is_told_of_a_link_that_is_too_old(app: Flask, client: StrictClient, clock: Clock) -> None:
    with app.app_context():
        link = token(LinkKind.NOT_ME, make_appointment().id, NOW)
    clock.set(NOW + VALID)
    answer = client.get(f"/letters/{link}", headers=PROGRAM)
    assert (answer.status_code, answer.json["title"]) == (410, "This link is too old")


def test_a_program_is_sent_to_the_sign_in_like_everybody(client: StrictClient) -> None:
    answer = client.get("/appointments", headers=PROGRAM)
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/appointments")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("?office=asc-XNY&day=2026-02-03", "?office=asc-XNY&day=2026-02-03"),
        ("?month=2026-02&search=Ana&good_cause=other", "?month=2026-02"),
        ("?day=..%2F%2Fevil", ""),
        ("?office=", ""),
    ],
)
def test_the_sign_in_leads_back_to_the_day_that_was_looked_at(
    client: StrictClient, query: str, kept: str
) -> None:
    page = client.page(client.get(f"/appointments/AB/move{query}").location)
    wanted = page.find("input", attrs={"name": "next"})["value"]
    assert wanted == f"/appointments/AB/move{kept}"


@pytest.mark.parametrize(
    "address",
    [
        "/check/biometrics?office=asc-XNO&moves=1&change=1",
        "/check/biometrics?office=asc-XNO",
        "/feedback?page=/rules",
    ],
)
def test_the_other_language_keeps_what_a_public_page_is_about(client: StrictClient, address: str) -> None:
    status = 422 if "/check" in address else 200
    link = client.page(address, status).find("a", hreflang="es")["href"]
    path, _, query = link.partition("?")
    assert path == "/es" + address.partition("?")[0]
    assert query.replace("%2F", "/") == address.partition("?")[2]
    assert "?" not in client.page("/rules?x=1").find("a", hreflang="es")["href"]


@pytest.mark.parametrize(
    "told", ["tomorrow", "+soon", "@/nowhere/at/all", "2026-13-01", "0001-01-01T00:00+14:00"]
)
def test_a_clock_that_says_no_moment_stops_the_start(make_app: Callable[..., Flask], told: str) -> None:
    with pytest.raises(BadSetting, match=re.escape("GOODCAUSE_CLOCK needs a moment such as")):
        make_app(DEMO="1", CLOCK=told)


def test_a_clock_is_an_instant_or_a_file_with_one(tmp_path: Path) -> None:
    (tmp_path / "clock").write_text(f"{NOW.isoformat()}\n")
    assert clocks.read(NOW.isoformat()) == clocks.read(f"@{tmp_path / 'clock'}") == NOW
    assert isinstance(clocks.read(f"+{NOW.isoformat()}"), datetime)


@pytest.mark.parametrize("command", [[*FLASK, "--help"], [*FLASK, "migrate"], [FLASK[0], "app.py"]])
def test_a_setting_that_there_is_not_is_said_in_one_line(tmp_path: Path, command: list[str]) -> None:
    done: Any = subprocess.run(
        command, cwd=ROOT, env=demonstration_environment(tmp_path, TYPO="1"),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    said = "Error: Unknown setting GOODCAUSE_TYPO. Correct the name or remove it.\n"
    assert (done.returncode, done.stderr) == (1, said)
