"""Who is signed in, until when, and what a form from elsewhere or a forged cookie can do: nothing."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from models.outbox import Letter
from models.people import Account
from models.sign_ins import Session
from tests.conftest import Clock
from tests.models.builders import NOW
from tests.pages import StrictClient
from tests.views.visitors import MAIL, ask_for_code, form_key, latest_code, send, sign_in

MINUTE = timedelta(minutes=1)

pytestmark = pytest.mark.usefixtures("clock")


def test_somebody_signed_in_needs_no_sign_in(client: StrictClient) -> None:
    sign_in(client)
    for address in ("/sign-in", "/sign-in/code"):
        assert client.get(address).location == "/appointments"


@pytest.mark.parametrize(
    "address", ["/appointments", "/appointments/nothing-here", "/appointments/x/notice.pdf"]
)
def test_every_private_address_asks_strangers_to_sign_in(client: StrictClient, address: str) -> None:
    assert client.get(address).status_code == 303
    answer = client.get(address, headers={"HX-Request": "true"})
    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"].startswith("/sign-in?next=")
    assert not answer.data


def test_nothing_from_before_the_sign_in_is_taken_over(client: StrictClient) -> None:
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    before = form_key(client.page("/sign-in"))
    sign_in(client)
    with client.session_transaction() as session:
        assert "planted" not in session
        assert "sign_in" not in session
    assert client.post("/sign-out", data={"csrf_token": before}).status_code == 400


def test_signing_out_ends_the_session_everywhere_it_was_copied_to(client: StrictClient, app: Flask) -> None:
    sign_in(client)
    thief = app.test_client()
    with client.session_transaction() as kept, thief.session_transaction() as taken:
        taken.update(kept)
    thief.page("/appointments")
    answer = send(client, "/sign-out", on="/appointments")
    assert (answer.status_code, answer.location) == (303, "/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    for browser in (client, thief):
        assert browser.get("/appointments").status_code == 303


def test_signing_out_needs_the_forms_key_and_a_press(client: StrictClient) -> None:
    sign_in(client)
    assert client.get("/sign-out").status_code == 405
    assert client.post("/sign-out").status_code == 400
    client.page("/appointments")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://evil.example"}, 400),
        ({"Origin": "null"}, 400),
        ({"Sec-Fetch-Site": "cross-site"}, 400),
    ],
)
def test_a_form_on_another_site_signs_nobody_in(client: StrictClient, headers: Any, status: int) -> None:
    key = form_key(client.page("/sign-in"))
    answer = client.post("/sign-in", data={"csrf_token": key, "email": MAIL}, headers=headers)
    assert answer.status_code == status
    assert not Letter.select().exists()


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/code"])
def test_a_form_without_its_key_changes_nothing(client: StrictClient, address: str) -> None:
    ask_for_code(client)
    answer = client.post(address, data={"email": MAIL, "code": latest_code()})
    assert answer.status_code == 400
    assert "Nothing was changed" in answer.text
    assert not Session.select().exists()


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (30, 303)])
def test_a_session_ends_when_nobody_used_it(
    client: StrictClient, clock: Clock, minutes: int, status: int
) -> None:
    sign_in(client)
    clock.set(NOW + minutes * MINUTE)
    assert client.get("/appointments").status_code == status


def test_a_session_ends_after_twelve_hours_of_use(client: StrictClient, clock: Clock) -> None:
    sign_in(client)
    for step in range(1, 48):
        clock.set(NOW + step * 15 * MINUTE)
        client.page("/appointments")
    clock.set(NOW + 12 * 60 * MINUTE)
    assert client.get("/appointments").status_code == 303


@pytest.mark.parametrize(
    "cookie", ["made-up", "x" * 4000, "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbb"]
)
def test_a_cookie_made_up_opens_nothing(client: StrictClient, cookie: str) -> None:
    client.set_cookie("goodcause", cookie)
    assert client.get("/appointments").status_code == 303


def test_a_cookie_with_one_letter_changed_opens_nothing(client: StrictClient) -> None:
    sign_in(client)
    value = client.get_cookie("goodcause").value
    client.set_cookie("goodcause", value[:-3] + ("A" if value[-3] != "A" else "B") + value[-2:])
    assert client.get("/appointments").status_code == 303


def test_the_cookie_is_kept_from_scripts_and_other_sites(client: StrictClient) -> None:
    cookie = client.get("/sign-in").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_an_account_that_was_ended_cannot_sign_in(client: StrictClient, app: Flask) -> None:
    sign_in(client)
    Account.update(ended_at=NOW).execute()
    assert client.get("/appointments").status_code == 303
    other = app.test_client()
    assert send(other, "/sign-in/code", code=ask_for_code(other)).status_code == 422
