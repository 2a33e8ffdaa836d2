"""The public receipt check: it proves time, request and result, and knows nobody."""

from datetime import UTC, datetime

import pytest

from models import keys, limits
from models.receipts import Result, SignedKind, signed_code
from tests.conftest import Clock
from tests.pages import StrictClient, words
from views.receipts import WORDS

NOON = datetime(2026, 11, 20, 12, 0, 5, tzinfo=UTC)


def code_of(kind: SignedKind = SignedKind.CHECK_BLOCKED) -> str:
    return signed_code(kind, NOON)


def test_every_result_has_words() -> None:
    assert set(WORDS) == {*Result, *SignedKind}


@pytest.mark.parametrize("kind", list(SignedKind))
def test_a_signed_code_proves_its_time_and_kind_without_a_row(client: StrictClient, kind: SignedKind) -> None:
    answer = client.get(f"/receipts/{code_of(kind)}")
    assert answer.headers["Cache-Control"] == "no-store"
    page = client.page(f"/receipts/{code_of(kind)}")
    proof = page.select_one("[data-result]")
    assert (proof["data-result"], proof["data-code"]) == (kind, code_of(kind))
    assert page.time["datetime"] == "2026-11-20T12:00:05+00:00"
    assert "2026-11-20 12:00:05 UTC" in words(proof)
    assert "Friday 20 November 2026, 12:00 pm UTC" in words(proof)
    assert str(WORDS[kind][1]) in words(proof)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(lambda code: code.lower(), id="small letters"),
        pytest.param(lambda code: code.replace("-", ""), id="no dashes"),
        pytest.param(lambda code: code.replace("-", "\N{EN DASH}"), id="dashes of a word processor"),
        pytest.param(lambda code: f"  {code.replace('-', ' ')} ", id="spaces"),
        pytest.param(lambda code: code.removeprefix("GC-"), id="without GC"),
        pytest.param(lambda code: f"\N{ZERO WIDTH SPACE}{code}", id="an invisible mark"),
    ],
)
def test_a_code_is_known_however_it_was_typed(client: StrictClient, typed: object) -> None:
    assert callable(typed)
    sent = client.get("/receipts", query_string={"code": typed(code_of())})
    assert sent.status_code == 303
    assert client.page(sent.headers["Location"]).select_one("[data-code]")["data-code"] == code_of()


@pytest.mark.parametrize(
    "typed", ["", "   ", "-", "GC_123", "\0", "a\x07b", "ключ", "A" * 61, "../..", "<b>", "%0d%0aX: y"]
)
def test_what_cannot_be_a_code_is_asked_for_again(client: StrictClient, typed: str) -> None:
    page = client.page("/receipts", 422, query_string={"code": typed})
    assert page.title.get_text().startswith("Please fix:")
    assert page.select_one("#fix a")["href"] == "#code"
    assert client.get("/receipts", query_string={"code": typed}).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "code",
    [
        "GC-AAAA-AAAA",
        "GC",
        "GC-",
        "GC-ÅÅÅÅ-ÅÅÅÅ",
        "7" * 200,
        "GC-7F3K-92QD-7F3K-92QD-7F3K-92QD",
        "GC-1'--",
    ],
)
def test_an_unknown_code_says_what_to_check_and_repeats_nothing(client: StrictClient, code: str) -> None:
    answer = client.get(f"/receipts/{code}")
    assert answer.status_code == 404
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.data == client.get("/receipts/GC-0000-0000").data
    page = client.page(f"/receipts/{code}", 404)
    assert words(page.h1) == "We do not know this code"
    assert len(page.select(".dots li")) == 3


def test_a_changed_letter_proves_nothing(client: StrictClient) -> None:
    code = code_of()
    other = "1" if code[-1] != "1" else "2"
    assert client.get(f"/receipts/{code[:-1]}{other}").status_code == 404


def test_a_code_of_another_installation_proves_nothing(client: StrictClient, secret: str) -> None:
    code = code_of()
    keys.use("another secret")
    try:
        assert client.get(f"/receipts/{code}").status_code == 404
    finally:
        keys.use(secret)


def test_trying_codes_has_a_limit_that_is_named(client: StrictClient, clock: Clock) -> None:
    for _ in range(limits.RECEIPT_CHECKS.most):
        client.get(f"/receipts/{code_of()}")
    stopped = client.get(f"/receipts/{code_of()}")
    assert stopped.status_code == 429
    assert int(stopped.headers["Retry-After"]) <= limits.RECEIPT_CHECKS.window.total_seconds()
    clock.set(clock.now() + limits.RECEIPT_CHECKS.window)
    assert client.get(f"/receipts/{code_of()}").status_code == 200


def test_the_check_speaks_spanish(client: StrictClient) -> None:
    assert client.page("/es/receipts").html["lang"] == "es"
    assert (
        client.get("/es/receipts", query_string={"code": code_of()})
        .headers["Location"]
        .startswith("/es/receipts/")
    )
