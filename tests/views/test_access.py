"""Every endpoint, asked by every kind of visitor in every way, against one table."""

from collections.abc import Iterator
from importlib.util import find_spec

import pytest
from flask import Flask
from peewee import Database
from werkzeug.test import TestResponse

from models.appointments import Appointment, Claim
from models.people import Account
from tests.views import access_table
from tests.views.access_table import HIDDEN, LOGIN, OK, ROLES, STATUS, TABLE
from tests.views.world import EMAILS, World, rows
from views import language

WAYS: dict[str, dict[str, str]] = {
    "page": {},
    "fragment": {"HX-Request": "true"},
    "program": {"Accept": "application/json"},
}


def plain_endpoint(endpoint: str) -> str:
    """The endpoint without the language before it."""
    first, _, rest = endpoint.partition("-")
    return rest if first in language.TRANSLATED else endpoint


def expected(endpoint: str, method: str, role: str) -> str:
    outcome: str = getattr(TABLE[endpoint, method], role)
    if endpoint == "notices.pdf" and outcome == OK and not find_spec("fpdf"):
        return HIDDEN
    return outcome


def fault(outcome: str, way: str, answer: TestResponse) -> str | None:
    """What is wrong with an answer, if anything."""
    status = 401 if outcome == LOGIN and way == "fragment" else STATUS[outcome]
    if answer.status_code != status:
        return f"{answer.status_code} instead of {status}"
    leads_to = answer.headers.get("HX-Redirect" if status == 401 else "Location", "")
    if (outcome == LOGIN) != leads_to.startswith("/sign-in?next="):
        return f"leads to {leads_to!r}"
    if outcome == HIDDEN and way == "program" and answer.mimetype != "application/problem+json":
        return f"a program gets {answer.mimetype}"
    return None


def test_every_endpoint_stands_in_the_table(app: Flask) -> None:
    served = {
        (plain_endpoint(rule.endpoint), method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert served == set(TABLE)


def test_a_row_names_every_kind_of_visitor() -> None:
    assert (*ROLES, "query") == access_table.Row._fields


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(world: World, role: str, way: str) -> None:
    client, faults = world.client(role), []
    for endpoint, method in TABLE:
        if endpoint in ("sign_in.leave", "move.release", "letters.open"):
            continue  # these end what the others look at
        answer = world.ask(client, method, world.address(endpoint), WAYS[way])
        outcome = expected(endpoint, method, role)
        if problem := fault(outcome, way, answer):
            faults.append(f"{method} {endpoint}: {outcome} expected, but {problem}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("endpoint", ["move.release", "letters.open", "sign_in.leave"])
@pytest.mark.parametrize("role", ROLES)
def test_what_ends_something_is_answered_as_the_table_says(world: World, role: str, endpoint: str) -> None:
    answer = world.ask(world.client(role), "POST", world.address(endpoint), {})
    assert fault(expected(endpoint, "POST", role), "page", answer) is None


def about_an_appointment(app: Flask) -> Iterator[tuple[str, str]]:
    rules = {rule.endpoint: rule for rule in app.url_map.iter_rules()}
    return (row for row in TABLE if "ref" in rules[row[0]].arguments)


def told(answer: TestResponse) -> tuple[int, bytes, dict[str, str]]:
    """Everything an answer tells, cookies apart."""
    headers = {name: value for name, value in answer.headers.items() if name != "Set-Cookie"}
    return answer.status_code, answer.data, headers


@pytest.mark.parametrize("way", WAYS)
def test_what_is_not_yours_answers_like_what_never_was(world: World, way: str) -> None:
    for role in ("owner", "officer"):
        client = world.client(role)
        for endpoint, method in about_an_appointment(world.app):
            theirs = told(
                world.ask(client, method, world.address(endpoint, world.theirs.reference), WAYS[way])
            )
            absent = told(world.ask(client, method, world.address(endpoint, "ref-of-nothing"), WAYS[way]))
            assert theirs == absent, f"{method} {endpoint} tells {role} that it is there"
            assert theirs[0] == STATUS[HIDDEN]


def test_a_claim_that_waits_opens_nothing_but_the_code_page(world: World) -> None:
    client = world.client("pending")
    for endpoint, method in about_an_appointment(world.app):
        if not endpoint.startswith("appointments."):
            mine = told(world.ask(client, method, world.address(endpoint), {}))
            assert mine == told(world.ask(client, method, world.address(endpoint, "ref-of-nothing"), {}))


def test_looking_changes_nothing(any_database: Database, world: World) -> None:
    for role in ROLES:
        client = world.client(role)
        before = rows()
        for endpoint, method in TABLE:
            if method == "GET" and endpoint != "language.change":
                client.get(world.address(endpoint))
                assert rows() == before, f"GET {endpoint} by {role} changed rows"


def test_a_choice_of_language_changes_nothing_but_the_language(world: World) -> None:
    client = world.client("owner")
    before = rows()
    client.get(world.address("language.change"))
    after = rows()
    assert {name for name in after if after[name] != before[name]} == {"account"}
    assert Account.get(Account.email == EMAILS["owner"]).language == "es"


def test_a_session_that_was_ended_is_a_stranger(world: World) -> None:
    client = world.client("owner")
    world.ask(client, "POST", "/sign-out", {})
    answer = client.get(f"/appointments/{world.mine.reference}")
    assert fault(LOGIN, "page", answer) is None


def test_the_table_would_notice_a_page_open_to_others(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: without the look-up of the claim, the table must object."""
    from views import access, notices

    def whoever(ref: str) -> Claim:
        claim: Claim = Claim.select().join(Appointment).where(Appointment.reference == ref).first()
        return claim

    monkeypatch.setattr(access, "confirmed_claim", whoever)
    assert notices.access is access
    answer = world.ask(world.client("other"), "GET", world.address("notices.show"), {})
    assert fault(expected("notices.show", "GET", "other"), "page", answer)
