"""How often codes may be asked for and tried, and whom that never shuts out."""

from datetime import timedelta

import pytest
from flask import Flask

from models.outbox import Letter
from tests.conftest import Clock
from tests.models.builders import NOW
from tests.pages import StrictClient
from tests.views.visitors import MAIL, ask_for_code, form_key, send, sign_in

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("clock")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_eleventh_try_is_one_too_many_even_with_the_right_code(client: StrictClient) -> None:
    for _ in range(2):
        code = ask_for_code(client)
        for _ in range(5):
            send(client, "/sign-in/code", code=wrong(code))
    answer = send(client, "/sign-in/code", code=ask_for_code(client))
    assert answer.status_code == 429
    assert answer.headers["Retry-After"].isdigit()


def test_a_stranger_elsewhere_does_not_use_up_the_owners_tries(client: StrictClient, app: Flask) -> None:
    stranger = app.test_client()
    stranger.environ_base["REMOTE_ADDR"] = "203.0.113.7"
    for _ in range(2):
        code = ask_for_code(stranger)
        for _ in range(5):
            send(stranger, "/sign-in/code", code=wrong(code))
    sign_in(client)


def test_the_sixth_letter_to_an_address_waits_for_an_hour(client: StrictClient, clock: Clock) -> None:
    for _ in range(5):
        ask_for_code(client)
    assert send(client, "/sign-in", email=MAIL).status_code == 429
    assert Letter.select().count() == 5
    clock.set(NOW + 60 * MINUTE)
    ask_for_code(client)


def test_the_limit_is_not_dodged_by_a_forged_address(client: StrictClient) -> None:
    for number in range(20):
        ask_for_code(client, f"person{number}@example.org")
    key = form_key(client.page("/sign-in"))
    answer = client.post(
        "/sign-in",
        data={"csrf_token": key, "email": "more@example.org"},
        headers={"X-Forwarded-For": "203.0.113.99"},
    )
    assert answer.status_code == 429
