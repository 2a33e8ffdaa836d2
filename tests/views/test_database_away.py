"""A database that is locked or gone while pages are read: "busy" with proof, and well again afterwards."""

from collections.abc import Callable
from typing import Any

import peewee
import pytest

from models import limits
from models.database import Busy, database
from tests.models.builders import make_appointment
from tests.pages import StrictClient, words
from tests.views.visitors import form_key, found_by, look_up, page_of, sign_in

pytestmark = pytest.mark.usefixtures("clock")

GONE = peewee.OperationalError("server closed the connection unexpectedly")


def fails(problem: Exception) -> Callable[..., Any]:
    def run(*_args: Any, **_more: Any) -> Any:
        raise problem

    return run


def test_a_read_that_finds_no_database_is_busy_for_the_signed_in_too_and_the_next_one_works(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = make_appointment()
    person = found_by(client, mine)
    with monkeypatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", fails(GONE))
        page = person.page(page_of(mine), 503)
        assert "GC-" in words(page.main)
        assert person.get("/readyz").status_code == 503
    assert person.get(page_of(mine)).status_code == 200


def test_a_program_is_told_the_signed_code_too(client: StrictClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(database.obj, "execute_sql", fails(GONE))
        answer = client.get("/readyz", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert client.get(f"/receipts/{answer.json['code']}").status_code == 200


def test_what_a_database_says_of_a_row_stays_out_of_the_log(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from views.logs import JsonLines

    monkeypatch.setattr(
        database.obj, "execute_sql", fails(peewee.IntegrityError("Key (email)=(ana@example.org)"))
    )
    assert client.get("/readyz").status_code == 500
    lines = [JsonLines().format(record) for record in caplog.records]
    assert any("IntegrityError" in line for line in lines)
    assert not any("ana@example.org" in line for line in lines)


def test_public_pages_can_be_shared_by_caches(client: StrictClient) -> None:
    for address in ("/", "/es/rules", "/guide/moving", "/check/biometrics"):
        answer = client.get(address)
        assert "Cookie" not in answer.headers["Vary"]
        assert "Set-Cookie" not in answer.headers


def test_reading_goes_on_while_no_limit_can_be_counted_and_guessing_does_not(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = form_key(client.page("/sign-in"))
    monkeypatch.setattr(limits, "count", fails(Busy()))
    assert client.get("/check/biometrics/verdict").status_code == 200
    answer = client.post("/sign-in", data={"csrf_token": key, "email": "ana@example.org"})
    assert answer.status_code == 503


def test_what_was_done_is_not_called_undone_when_its_count_cannot_be_taken_back(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = make_appointment()
    monkeypatch.setattr(limits, "take_back", fails(Busy()))
    answer = look_up(sign_in(client, "somebody@example.org"), mine)
    assert (answer.status_code, answer.location) == (303, f"{page_of(mine)}/claim")
