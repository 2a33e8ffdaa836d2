"""Requests that no page of ours makes: forged forms, strange hosts, huge bodies; and digits of every script."""

from typing import Any

import pytest
from flask import Flask

from models.people import Account
from tests.pages import StrictClient, words
from tests.pages import read as parsed
from tests.views.access_table import TABLE
from tests.views.bad_values import faults_of_answer
from tests.views.every_form import FORMS, Form
from tests.views.visitors import errors, latest_code
from tests.views.world import World, rows

PRIVATE_FORMS = [
    name for name in FORMS if name != "feedback"
]  # it sets no cookie, so it has no key; its origin counts
ELSEWHERE: dict[str, dict[str, str]] = {
    "another site": {"Origin": "https://evil.example"},
    "no site": {"Origin": "null"},
    "a name that begins alike": {"Origin": "http://localhost.evil.example"},
    "another port": {"Origin": "http://localhost:8080"},
    "a cross-site form": {"Sec-Fetch-Site": "cross-site"},
    "a sister site": {"Sec-Fetch-Site": "same-site"},
}
SHOWN_AGAIN = {
    "the address of a sign-in": ("email", "née @ <b>example</b> & \"more\""),
    "the code of a sign-in": ("code", "12 <b>'ab"),
    "finding": ("confirmation_number", "Nº <b>12</b> & \"more\""),
    "choosing": ("good_cause_details", "Line one\n\n<b>ظرف</b> & \"more\"\n象"),
    "feedback": ("words", "Line one\n<b>ظرف</b> & \"more\""),
}  # fmt: skip
BESIDES: dict[str, dict[str, str | None]] = {
    "choosing": {"good_cause": "none"},
    "feedback": {"helpful": None},
}


def start(world: World, name: str) -> tuple[Form, StrictClient, dict[str, Any]]:
    form = FORMS[name]
    client = world.client(form.role)
    form.before(world, client)
    return form, client, form.filled(world, client)


@pytest.mark.parametrize(
    "key", [None, "", "wrong", "x" * 5000, "\0"], ids=["none", "empty", "wrong", "long", "NUL"]
)
@pytest.mark.parametrize("name", PRIVATE_FORMS)
def test_a_form_without_its_key_has_expired(world: World, name: str, key: str | None) -> None:
    form, client, right = start(world, name)
    sent = {field: value for field, value in {**right, "csrf_token": key}.items() if value is not None}
    before = rows()
    answer = client.post(world.filled(form.action), data=sent)
    assert answer.status_code == 400
    assert faults_of_answer(answer) == []
    assert rows() == before


def test_a_key_of_somebody_elses_session_does_not_count(world: World) -> None:
    _, _, theirs = start(world, "finding")
    form, client, right = start(world, "choosing")
    answer = client.post(world.filled(form.action), data=right | {"csrf_token": theirs["csrf_token"]})
    assert answer.status_code == 400


@pytest.mark.parametrize("headers", ELSEWHERE.values(), ids=ELSEWHERE)
@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_from_elsewhere_changes_nothing(world: World, name: str, headers: dict[str, str]) -> None:
    form, client, right = start(world, name)
    before = rows()
    answer = client.post(world.filled(form.action), data=right, headers=headers)
    assert answer.status_code == 400
    assert faults_of_answer(answer) == []
    assert "Access-Control-Allow-Origin" not in answer.headers
    assert rows() == before


@pytest.mark.parametrize("name", FORMS)
def test_the_same_form_from_our_own_page_is_taken(world: World, name: str) -> None:
    """The control: it was the key and the origin that were refused."""
    form, client, right = start(world, name)
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"}
    assert client.post(world.filled(form.action), data=right, headers=headers).status_code in (303, 422)


@pytest.mark.parametrize("name", FORMS)
def test_more_than_64_kilobytes_are_too_much_and_just_under_is_read(world: World, name: str) -> None:
    form, client, right = start(world, name)
    before = rows()
    for padding, expected in ((64 * 1024, {413}), (48 * 1024, {303, 400, 422})):
        answer = client.post(world.filled(form.action), data=right | {"more": "x" * padding})
        assert answer.status_code in expected
        assert faults_of_answer(answer) == []
        if answer.status_code == 413:
            assert rows() == before


@pytest.mark.parametrize(
    "host", ["evil.example", "localhost.evil.example", "evil.example:80", "[::1]", "127.0.0.2"]
)
def test_another_host_gets_a_plain_refusal(world: World, host: str) -> None:
    for path in ("/", "/sign-in", "/appointments", f"/appointments/{world.mine.reference}"):
        answer = world.app.test_client().get(path, headers={"Host": host})
        assert answer.status_code == 400
        assert answer.mimetype == "text/plain"
        assert faults_of_answer(answer) == []
        assert not {"evil", "href"} & set(answer.get_data(as_text=True).split())


def test_a_host_that_a_proxy_is_said_to_have_seen_is_not_believed(client: StrictClient) -> None:
    headers = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Prefix": "/evil",
    }
    answer = client.get("/sign-in", headers=headers)
    assert answer.status_code == 200
    assert "evil" not in answer.get_data(as_text=True)


def test_a_method_that_an_address_does_not_take_is_named(world: World) -> None:
    client, before = world.client("owner"), rows()
    for endpoint in {endpoint for endpoint, _ in TABLE}:
        taken = {method for name, method in TABLE if name == endpoint}
        for method in {"GET", "PUT", "DELETE", "PATCH", "TRACE"} - taken:
            answer = client.open(world.address(endpoint).partition("?")[0], method=method)
            read_by_another = (
                endpoint in ("move.submit", "move.confirm", "feedback.leave") and method == "GET"
            )
            if not read_by_another:
                assert answer.status_code in (400, 405), f"{method} {endpoint}: {answer.status}"
                assert answer.status_code == 400 or taken <= set(answer.headers["Allow"].split(", "))
            assert faults_of_answer(answer) == []
    assert rows() == before


@pytest.mark.parametrize("headers", [{"X-HTTP-Method-Override": "POST"}, {"X-HTTP-Method": "DELETE"}])
def test_reading_stays_reading_whatever_a_header_says(world: World, headers: dict[str, str]) -> None:
    _, client, right = start(world, "choosing")
    before = rows()
    address = world.filled("/appointments/<ref>/move")
    assert client.get(address, query_string=right, headers=headers).status_code == 200
    assert client.get(address, query_string=right | {"_method": "POST"}).status_code == 200
    assert rows() == before


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data", "image/png", ""])
def test_a_body_that_is_no_form_changes_nothing(world: World, kind: str) -> None:
    _, client, _ = start(world, "choosing")
    before = rows()
    for name in FORMS:
        answer = client.post(world.filled(FORMS[name].action), data=b'{"slot": 1}\xff', content_type=kind)
        assert 300 <= answer.status_code < 500
        assert faults_of_answer(answer) == []
    assert rows() == before


@pytest.mark.parametrize("cookie", ["x", "x" * 12_000, "eyJfdXNlcl9pZCI6IjEifQ.x.y", "\u00ff;;=;", '"'])
def test_a_cookie_that_we_did_not_bake_is_a_strangers(world: World, cookie: str) -> None:
    answer = world.app.test_client().get("/appointments", headers={"Cookie": f"goodcause={cookie}"})
    assert answer.status_code == 303
    assert answer.headers["Location"].startswith("/sign-in")


@pytest.mark.parametrize(("header", "value"), [
    ("Accept-Language", "../../etc/passwd"), ("Accept-Language", "x" * 3000), ("Accept", "*/*;q=zz, ,;;"),
    ("HX-Current-URL", "https://evil.example"), ("HX-Target", '"><script>alert(1)</script>'),
    ("If-None-Match", "\"\"\"'"), ("If-Modified-Since", "31 February"), ("Range", "bytes=-1,9999999999999-"),
    ("Accept-Encoding", "br;q=nan, gzip;q=-1, \u00ff"), ("User-Agent", "\x7f" * 200),
])  # fmt: skip
def test_strange_headers_change_no_page(world: World, header: str, value: str) -> None:
    client = world.client("owner")
    for endpoint, method in TABLE:
        if method == "GET":
            assert faults_of_answer(client.get(world.address(endpoint), headers={header: value})) == []


@pytest.mark.parametrize("name", SHOWN_AGAIN)
def test_what_was_typed_stands_in_the_faulty_form_again(world: World, name: str) -> None:
    form, client, right = start(world, name)
    field, typed = SHOWN_AGAIN[name]
    sent = {**right, field: typed, **BESIDES.get(name, {})}
    answer = client.post(
        world.filled(form.action), data={key: told for key, told in sent.items() if told is not None}
    )
    assert answer.status_code == 422
    page = parsed(answer)
    shown = page.find(attrs={"name": field})
    assert (shown.get("value") or shown.get_text().removeprefix("\n")) == typed
    assert words(page.title).startswith("Please fix:")
    assert errors(page)
    assert page.select_one("#fix a[href^='#']")


@pytest.mark.parametrize(("of_script", "zero"), [
    ("Arabic", 0x660), ("Persian", 0x6F0), ("Devanagari", 0x966), ("Bengali", 0x9E6), ("Thai", 0xE50),
    ("full width", 0xFF10),
])  # fmt: skip
def test_numbers_and_dates_count_in_the_digits_of_any_script(world: World, of_script: str, zero: int) -> None:
    def written(text: str) -> str:
        return "".join(chr(zero + int(letter)) if letter.isdigit() else letter for letter in text)

    form, client, right = start(world, "the address of a sign-in")
    client.post(form.action, data=right)
    code = FORMS["the code of a sign-in"].filled(world, client) | {"code": written(latest_code())}
    assert client.post("/sign-in/code", data=code).headers["Location"] == "/appointments"
    form, client, right = start(world, "finding")
    other = {name: told if name == "csrf_token" else written(told) for name, told in right.items()}
    found = client.post(form.action, data=other)
    assert found.headers["Location"].endswith("/claim")


@pytest.mark.parametrize(("day", "month", "year"), [
    ("31", "2", "1990"), ("29", "2", "1991"), ("31", "4", "1990"), ("0", "1", "1990"), ("32", "1", "1990"),
    ("1", "0", "1990"), ("1", "13", "1990"), ("1", "1", "0000"), ("1", "1", "90"), ("1", "1", "1850"),
    ("1", "1", "2027"), ("1", "1", "10000"), ("-1", "1", "1990"), ("1e0", "1", "1990"), ("1.0", "1", "1990"),
    ("", "1", "1990"), ("1", "", "1990"), ("1", "1", ""), ("May", "1", "1990"),
])  # fmt: skip
def test_a_day_that_does_not_exist_is_named_at_its_boxes(
    world: World, day: str, month: str, year: str
) -> None:
    form, client, right = start(world, "finding")
    typed = {"date_of_birth-day": day, "date_of_birth-month": month, "date_of_birth-year": year}
    answer = client.post(form.action, data=right | typed)
    assert answer.status_code == 422
    page = parsed(answer)
    assert "date_of_birth" in errors(page)
    assert page.select("[aria-invalid=true][name^=date_of_birth]")
    for name, value in typed.items():
        assert page.find(attrs={"name": name})["value"] == value


def test_more_fields_than_the_form_has_change_nothing_more(world: World) -> None:
    form, client, right = start(world, "feedback")
    extra = {"id": "1", "role": "admin", "is_admin": "1", "made_at": "0", "language": "xx"}
    assert client.post(form.action, data=right | extra).status_code == 303
    assert {account.role for account in Account.select()} == {"applicant", "officer"}


@pytest.fixture
def app(make_app: Any) -> Flask:
    built: Flask = make_app(DEMO="1", LIMITS="track")
    return built
