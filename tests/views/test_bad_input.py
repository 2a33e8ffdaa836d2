"""A sweep of bad values through every field of every form, every query and every piece of an address."""

from typing import Any

import pytest
from flask import Flask
from peewee import Database
from werkzeug.test import TestResponse

from tests.conftest import Clock
from tests.models import builders
from tests.pages import StrictClient
from tests.views.bad_values import BAD_VALUES, encoded, faults_of_answer
from tests.views.every_form import FORMS, PATHS, QUERIES
from tests.views.world import World, build, rows

FORM_TYPE = "application/x-www-form-urlencoded"
HX = {"HX-Request": "true"}


@pytest.fixture
def app(make_app: Any) -> Flask:
    """Tries are counted and not stopped: a sweep is many tries."""
    built: Flask = make_app(DEMO="1", LIMITS="track")
    return built


@pytest.fixture
def world(app: Flask, clock: Clock) -> World:
    clock.set(builders.NOW)
    return build(app)


def post(client: StrictClient, action: str, fields: list[tuple[str, str | bytes]]) -> TestResponse:
    return client.post(action, data=encoded(fields), content_type=FORM_TYPE)


def durable() -> dict[str, Any]:
    """The rows that a refusal must leave alone: codes that count their misses are none of them."""
    return {name: digest for name, digest in rows().items() if name not in ("onetimecode", "session")}


@pytest.mark.parametrize("name", FORMS)
def test_no_value_of_a_form_breaks_anything(any_database: Database, world: World, name: str) -> None:
    form = FORMS[name]
    client, faults = world.client(form.role), []
    form.before(world, client)
    for field in form.fields:
        right = form.filled(world, client)
        for kind, value in BAD_VALUES.items():
            before = durable()
            sent = [(key, value if key == field else told) for key, told in {field: "", **right}.items()]
            answer = post(client, world.filled(form.action), sent)
            problems = faults_of_answer(answer)
            if field in form.refused and durable() != before:
                problems.append("changed rows")
            faults += [f"{kind} in {field}: {answer.status_code} {problem}" for problem in problems]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", [name for name in FORMS if FORMS[name].refused])
def test_a_field_that_is_missing_or_there_twice_breaks_nothing(world: World, name: str) -> None:
    form = FORMS[name]
    client, faults = world.client(form.role), []
    form.before(world, client)
    for field in form.refused:
        right = form.filled(world, client)
        without = [(key, told) for key, told in right.items() if key != field]
        for sent in (without, [*without, (field, "-1"), (field, right.get(field, ""))]):
            before = durable()
            answer = post(client, world.filled(form.action), sent)
            problems = faults_of_answer(answer)
            if answer.status_code >= 400 and durable() != before:
                problems.append("refused, but changed rows")
            if field != "acting_as" and not 300 <= answer.status_code < 500:
                problems.append("taken as it was")
            faults += [f"{field}: {answer.status_code} {problem}" for problem in problems]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("name", QUERIES)
def test_no_value_of_a_query_breaks_anything(any_database: Database, world: World, name: str) -> None:
    query = QUERIES[name]
    client, faults = world.client(query.role), []
    address, before = world.filled(query.address), durable()
    right = {key: world.filled(value) for key, value in query.right.items()}
    for field in query.fields:
        for kind, value in BAD_VALUES.items():
            sent = encoded(
                [(key, value if key == field else told) for key, told in {field: "", **right}.items()]
            )
            answer = client.get(f"{address}?{sent}", headers=HX if query.fragment else {})
            faults += [f"{kind} in {field}: {problem}" for problem in faults_of_answer(answer)]
    before["account"] = durable()["account"] if name == "a language" else before["account"]
    assert durable() == before
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("path", PATHS)
def test_no_piece_of_an_address_breaks_anything(any_database: Database, world: World, path: str) -> None:
    client, faults, before = world.client("owner"), [], durable()
    for kind, value in BAD_VALUES.items():
        piece = encoded([("", value)]).removeprefix("=").replace("+", "%20").replace("%2F", "/")
        if not piece:
            continue
        answer = client.get(world.filled(path).format(piece))
        faults += [f"{kind}: {problem}" for problem in faults_of_answer(answer)]
        if answer.status_code < 300:
            faults.append(f"{kind}: found something")
    assert durable() == before
    assert not faults, "\n".join(faults)


def test_the_sweep_would_notice_what_it_looks_for() -> None:
    """The control: an answer with every fault has every fault named."""
    bad = Flask("bad")

    @bad.get("/")
    def broken() -> tuple[str, int, dict[str, str]]:
        return "Traceback <script>alert(1)", 500, {"Location": "//evil.example", "Set-Cookie": "stolen=1"}

    found = faults_of_answer(bad.test_client().get("/"))
    for named in (
        "status 500",
        "policy",
        "nosniff",
        "keeping",
        "leads to",
        "put in",
        "Traceback",
        "<script>",
    ):
        assert any(named in fault for fault in found), named
