"""Finding an appointment by number and date of birth: every miss looks the same, and guessing has limits."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask

from models.appointments import Appointment, Claim
from tests.conftest import Clock
from tests.models.builders import NOW, make_appointment
from tests.pages import StrictClient, read, words
from tests.views.visitors import form_key, look_up, page_of, sign_in

HOUR = timedelta(hours=1)

STRANGER = "stranger@example.org"

MISS = "We could not find an appointment with these details."

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def mine(client: StrictClient) -> Appointment:
    """Ana's appointment; the visitor is Ana, signed in."""
    made = make_appointment()
    sign_in(client)
    return made


def miss(client: StrictClient, appointment: Appointment, **changes: Any) -> BeautifulSoup:
    answer = look_up(client, appointment, **changes)
    assert answer.status_code == 422, answer.status
    return read(answer)


def without_the_typed(page: BeautifulSoup) -> str:
    """The page with what was typed, and the form's key, left out."""
    for field in page.find_all("input"):
        del field["value"]
    return str(page.body)


def test_number_and_date_of_birth_open_the_contacts_appointment_at_once(
    client: StrictClient, mine: Appointment
) -> None:
    answer = look_up(client, mine)
    assert (answer.status_code, answer.location) == (303, page_of(mine))
    assert "Ana Souza" in words(client.page(page_of(mine)))


@pytest.mark.parametrize("acting_as", ["self", "parent", "guardian"])
def test_the_claim_remembers_for_whom_somebody_acts(
    client: StrictClient, mine: Appointment, acting_as: str
) -> None:
    look_up(client, mine, acting_as=acting_as)
    assert Claim.get().acting_as == acting_as


def test_every_miss_is_the_same_page(client: StrictClient, mine: Appointment) -> None:
    protected = make_appointment("Binh", case={"protected": True})
    account_only = make_appointment("Chidi", case={"account_only": True})
    pages = [
        miss(client, mine, date_of_birth="1990-05-16"),
        miss(client, mine, confirmation_number="NOSUCH99"),
        miss(client, protected),
        miss(client, account_only),
    ]
    told = {without_the_typed(page) for page in pages}
    assert len(told) == 1
    assert MISS in told.pop()
    assert "800-375-5283" in words(pages[0])
    for page in pages:
        assert "Souza" not in words(page)
    assert not Claim.select().exists()


def test_the_same_field_twice_finds_nothing_by_its_second_value(
    client: StrictClient, mine: Appointment
) -> None:
    key = form_key(client.page("/appointments/find"))
    numbers = ["NOSUCH99", mine.confirmation_number]
    answer = client.post(
        "/appointments/find",
        data={"csrf_token": key, "confirmation_number": numbers, "date_of_birth": "1990-05-15"},
    )
    assert answer.status_code == 422
    assert MISS in answer.text


@pytest.mark.parametrize(("sent", "status"), [(b"%ff%fe123456", 422), (b"\xff\xfe123456", 400)])
def test_bytes_that_are_no_text_find_nothing(
    client: StrictClient, mine: Appointment, sent: bytes, status: int
) -> None:
    key = form_key(client.page("/appointments/find"))
    body = f"csrf_token={key}&date_of_birth=1990-05-15&confirmation_number=".encode() + sent
    answer = client.post("/appointments/find", data=body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == status
    assert not Claim.select().exists()


def test_a_hundred_thousand_letters_are_too_much(client: StrictClient, mine: Appointment) -> None:
    assert look_up(client, mine, confirmation_number="A" * 100_000).status_code == 413


def test_a_look_up_without_its_key_finds_nothing(client: StrictClient, mine: Appointment) -> None:
    fields = {"confirmation_number": mine.confirmation_number, "date_of_birth": "1990-05-15"}
    assert client.post("/appointments/find", data=fields).status_code == 400
    assert not Claim.select().exists()


def test_a_look_up_in_the_address_finds_nothing(client: StrictClient, mine: Appointment) -> None:
    client.page(f"/appointments/find?confirmation_number={mine.confirmation_number}&date_of_birth=1990-05-15")
    assert not Claim.select().exists()


def test_the_sixth_miss_for_a_number_waits_and_so_does_the_right_date(
    client: StrictClient, clock: Clock
) -> None:
    hers = make_appointment("Binh", case={"contact_email": ""})
    sign_in(client, STRANGER)
    for _ in range(5):
        miss(client, hers, date_of_birth="1991-01-01")
    for born in ("1991-01-01", hers.person.date_of_birth.isoformat()):
        answer = look_up(client, hers, date_of_birth=born)
        assert answer.status_code == 429
        assert answer.headers["Retry-After"].isdigit()
        assert "Nguyễn" not in answer.text
    clock.set(NOW + HOUR)
    sign_in(client, STRANGER)
    assert look_up(client, hers).status_code == 303


def test_an_unknown_number_is_throttled_in_the_same_way(client: StrictClient, mine: Appointment) -> None:
    for _ in range(5):
        miss(client, mine, confirmation_number="NOSUCH99")
    assert look_up(client, mine, confirmation_number="nosuch-99").status_code == 429


def test_a_client_that_tries_many_numbers_waits_whatever_it_claims_to_be(client: StrictClient) -> None:
    hers = make_appointment("Binh", case={"contact_email": ""})
    sign_in(client, STRANGER)
    for number in range(20):
        miss(client, hers, confirmation_number=f"NOSUCH{number:02}")
    key = form_key(client.page("/appointments/find"))
    for forged in ("203.0.113.1", "203.0.113.2"):
        answer = client.post(
            "/appointments/find",
            data={"csrf_token": key, "confirmation_number": "NOSUCH99", "date_of_birth": "1990-05-15"},
            headers={"X-Forwarded-For": forged},
        )
        assert answer.status_code == 429


def test_finding_what_is_there_uses_up_no_tries(client: StrictClient) -> None:
    hers = make_appointment("Binh", case={"contact_email": ""})
    sign_in(client, STRANGER)
    for _ in range(7):
        assert look_up(client, hers).status_code == 303


@pytest.mark.parametrize("claimed_before", [True, False])
def test_a_stranger_who_guesses_never_shuts_the_owner_out(
    client: StrictClient, app: Flask, mine: Appointment, claimed_before: bool
) -> None:
    if claimed_before:
        look_up(client, mine)
    stranger = sign_in(app.test_client(), STRANGER)
    for _ in range(5):
        miss(stranger, mine, date_of_birth="1991-01-01")
    assert look_up(stranger, mine).status_code == 429
    assert look_up(client, mine).location == page_of(mine)
    client.page(page_of(mine))


def test_a_look_up_opens_one_appointment_and_not_the_next(client: StrictClient, mine: Appointment) -> None:
    look_up(client, mine)
    next_one = make_appointment("Binh")
    absent, other = client.get("/appointments/nothing-here"), client.get(page_of(next_one))
    assert (absent.status_code, other.status_code) == (404, 404)
    assert absent.data == other.data


@pytest.mark.parametrize("below", ["", "/claim", "/notice", "/calendar.ics", "/receipts/k", "/style.css"])
def test_not_yours_and_not_there_are_the_same_bytes(
    client: StrictClient, mine: Appointment, below: str
) -> None:
    hers = make_appointment("Binh")
    answers = [client.get(f"{address}{below}") for address in (page_of(hers), "/appointments/nothing-here")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


def test_private_pages_are_not_kept_by_anyone(client: StrictClient, mine: Appointment) -> None:
    look_up(client, mine)
    for address in ("/appointments", "/appointments/find", page_of(mine)):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert "HX-Request" in headers["Vary"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
