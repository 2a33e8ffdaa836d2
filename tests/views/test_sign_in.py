"""Signing in by a one-time code: every way in which an address or a code can be typed, and what comes of it."""

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from models.outbox import Letter
from models.people import Account
from models.sign_ins import Session
from tests.conftest import Clock
from tests.models.builders import NOW
from tests.pages import StrictClient, read, words
from tests.views.visitors import MAIL, ask_for_code, errors, latest_code, send, sign_in

MINUTE = timedelta(minutes=1)

EVIL_WAYS_ON = [
    "/\\evil.example", "//evil.example", "https://evil.example/", "javascript:alert(1)",
    "/ok\r\nSet-Cookie: a=b", "/@evil.example/../..//evil.example", "/" + "a" * 400, "",
]  # fmt: skip

FAULTY_ADDRESSES = [
    "", "   ", "ana", "ana@", "@example.org", "ana@example", "ana@@example.org", "ana example@example.org",
    "ana@example..org", "ana@example.org\nBcc: x@example.org", "ana\x00@example.org", "a" * 250 + "@example.org",
    "<script>@example.org", "ana@example.org, bo@example.org", "{{7*7}}@{{7*7}}", "a@" * 5000,
]  # fmt: skip

FAULTY_CODES = ["", "12345", "1234567", "abcdef", "12 34", "1e5000", "12345\x00", "' OR 1=1", "9" * 10_000]

pytestmark = pytest.mark.usefixtures("clock")


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_code_from_the_letter_signs_in_and_makes_the_account(client: StrictClient) -> None:
    answer = send(client, "/sign-in/code", code=ask_for_code(client))
    assert (answer.status_code, answer.location) == (303, "/appointments")
    assert Account.get().email == MAIL
    client.page("/appointments")


def test_nobody_learns_whether_an_address_has_an_account(client: StrictClient, app: Flask) -> None:
    sign_in(client)
    stranger = app.test_client()
    pages = []
    for email in (MAIL, "nobody@example.org"):
        answer = send(stranger, "/sign-in", email=email)
        assert (answer.status_code, answer.location) == (303, "/sign-in/code")
        page = stranger.page("/sign-in/code")
        pages.append(words(page.main).replace("n•••", "a•••"))
    assert pages[0] == pages[1]


@pytest.mark.parametrize("typed", FAULTY_ADDRESSES)
def test_an_address_that_no_letter_can_reach_is_asked_for_again(client: StrictClient, typed: str) -> None:
    answer = send(client, "/sign-in", email=typed)
    page = read(answer)
    assert answer.status_code == 422
    assert errors(page).keys() == {"email"}
    assert page.title.text.startswith("Please fix:")
    assert not Letter.select().exists()


@pytest.mark.parametrize("typed", [" Ana@Example.ORG ", "ana＠example.org", "a\u200bna@example.org"])
def test_an_address_counts_however_it_was_typed(client: StrictClient, typed: str) -> None:
    ask_for_code(client, typed)
    assert Letter.get().recipient == MAIL


@pytest.mark.parametrize("typed", FAULTY_CODES)
def test_what_is_no_code_is_asked_for_again(client: StrictClient, typed: str) -> None:
    ask_for_code(client)
    answer = send(client, "/sign-in/code", code=typed)
    assert answer.status_code == 422
    assert errors(read(answer))["code"] == "Type the six digits of the code."
    assert not Session.select().exists()


@pytest.mark.parametrize("retyped", ["{a} {b}", "{a}-{b}", " {a}{b}\n", "{a}\u200b{b}"])
def test_a_code_counts_however_it_was_spaced(client: StrictClient, retyped: str) -> None:
    code = ask_for_code(client)
    assert send(client, "/sign-in/code", code=retyped.format(a=code[:3], b=code[3:])).status_code == 303


def test_a_code_in_the_digits_of_another_script_counts(client: StrictClient) -> None:
    arabic = ask_for_code(client).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    assert send(client, "/sign-in/code", code=arabic).status_code == 303


def test_a_code_is_good_once(client: StrictClient, app: Flask) -> None:
    code = ask_for_code(client)
    copy = app.test_client()
    with client.session_transaction() as kept, copy.session_transaction() as taken:
        taken.update(kept)
    assert send(client, "/sign-in/code", code=code).status_code == 303
    assert send(copy, "/sign-in/code", code=code).status_code == 422


def test_a_code_opens_only_the_browser_that_asked_for_it(client: StrictClient, app: Flask) -> None:
    code, other = ask_for_code(client), app.test_client()
    ask_for_code(other)
    assert send(other, "/sign-in/code", code=code).status_code == 422


@pytest.mark.parametrize(("minutes", "status"), [(9, 303), (10, 422)])
def test_a_code_is_good_for_ten_minutes(
    client: StrictClient, clock: Clock, minutes: int, status: int
) -> None:
    code = ask_for_code(client)
    clock.set(NOW + minutes * MINUTE)
    assert send(client, "/sign-in/code", code=code).status_code == status


@pytest.mark.parametrize(("misses", "status"), [(4, 303), (5, 422)])
def test_the_fifth_wrong_code_spoils_the_right_one(client: StrictClient, misses: int, status: int) -> None:
    code = ask_for_code(client)
    for _ in range(misses):
        assert send(client, "/sign-in/code", code=wrong(code)).status_code == 422
    assert send(client, "/sign-in/code", code=code).status_code == status


def test_a_new_code_comes_on_request_and_counters_survive_it(client: StrictClient) -> None:
    code = ask_for_code(client)
    for _ in range(5):
        send(client, "/sign-in/code", code=wrong(code))
    answer = send(client, "/sign-in/code", again="1")
    assert (answer.status_code, answer.location) == (303, "/sign-in/code")
    fresh = latest_code()
    for _ in range(4):
        send(client, "/sign-in/code", code=wrong(fresh))
    assert send(client, "/sign-in/code", code=fresh).status_code == 303


@pytest.mark.parametrize("wanted", EVIL_WAYS_ON)
def test_nothing_leads_from_the_sign_in_to_another_site(client: StrictClient, wanted: str) -> None:
    answer = send(client, "/sign-in/code", code=ask_for_code(client, next=wanted))
    assert answer.status_code == 303
    assert answer.location == "/appointments"
    assert "evil" not in str(answer.headers)
    assert "a=b" not in str(answer.headers)


def test_the_sign_in_leads_on_to_the_page_that_was_wanted(client: StrictClient) -> None:
    answer = client.get("/appointments/find")
    assert (answer.status_code, answer.location) == (303, "/sign-in?next=/appointments/find")
    page = client.page(answer.location)
    wanted = page.find("input", attrs={"name": "next"})["value"]
    code = ask_for_code(client, next=wanted)
    assert send(client, "/sign-in/code", code=code).location == "/appointments/find"


def test_the_code_page_without_a_letter_leads_to_the_address(client: StrictClient) -> None:
    assert client.get("/sign-in/code").location == "/sign-in"


def test_more_fields_make_nobody_more_than_an_applicant(client: StrictClient) -> None:
    code = ask_for_code(client, role="admin", is_admin="1", office="1")
    send(client, "/sign-in/code", code=code, role="admin")
    assert Account.get().role == "applicant"


def test_the_code_is_on_the_page_in_the_demonstration_only(client: StrictClient, make_app: Any) -> None:
    code = ask_for_code(client)
    assert code not in client.get("/sign-in/code").text
    with client.session_transaction() as session:
        assert code not in str(dict(session))
    shown = make_app(DEMO="1").test_client()
    code = ask_for_code(shown)
    page = shown.page("/sign-in/code")
    assert page.find(attrs={"data-demo-code": True}).text == code
    assert "demonstration" in words(page.main)


def test_the_pages_are_in_spanish_for_those_who_read_it(client: StrictClient) -> None:
    page = client.page("/sign-in", headers={"Accept-Language": "es"})
    assert page.html["lang"] == "es"
