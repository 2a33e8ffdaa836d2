"""Receipts: one answer per key, and codes that anyone can check and nobody can make up."""

import re
from datetime import UTC, datetime

import pytest
from peewee import Database, IntegrityError

from models import keys
from models.keys import ALPHABET
from models.receipts import (
    Receipt,
    Result,
    SignedKind,
    content_digest,
    new_code,
    proof_of,
    receipt_of,
    signed_code,
)
from tests.models.builders import NOW, SECOND, choose, choose_and_confirm, make_appointment, make_slot


@pytest.fixture(autouse=True)
def _database(database: Database) -> None:
    """One is enough: nothing here is the database's own."""


def test_a_receipt_proves_when_what_kind_and_which_result_and_nothing_more() -> None:
    receipt = choose_and_confirm(make_appointment(), make_slot())
    proof = proof_of(receipt.code)
    assert vars(proof) == {
        "code": receipt.code, "made_at": NOW, "system": "biometrics", "result": Result.MOVED,
    }  # fmt: skip


def test_a_refusal_has_a_receipt_too() -> None:
    receipt = choose(make_appointment(in_hours=1), make_slot())
    assert proof_of(receipt.code).result == Result.REFUSED


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code}\n"]
)
def test_a_code_is_read_however_it_is_typed(change: object) -> None:
    receipt = choose_and_confirm(make_appointment(), make_slot())
    assert proof_of(change(receipt.code)) == proof_of(receipt.code)


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    receipt = choose_and_confirm(make_appointment(), make_slot())
    Receipt.update(code="GC-0110-V234").where(Receipt.id == receipt.id).execute()
    assert proof_of("gc-OIlO-u234").code == "GC-0110-V234"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "GC",
        "GC-0000-0000",
        "GC-7F3K",
        "x" * 10_000,
        "GC-٠٠٠٠-٠٠٠٠",
        "\x00" * 8,
        "%%%%%%%%",
        "________",
        "=" * 24,
    ],
)
def test_what_was_never_given_out_proves_nothing(typed: str) -> None:
    choose_and_confirm(make_appointment(), make_slot())
    assert proof_of(typed) is None


def test_a_new_code_can_be_read_aloud() -> None:
    for _ in range(50):
        assert re.fullmatch(rf"GC-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", new_code())


@pytest.mark.parametrize("kind", list(SignedKind))
def test_a_signed_code_proves_its_kind_and_second_without_a_row(kind: SignedKind) -> None:
    code = signed_code(kind, NOW + SECOND * 0.9)
    proof = proof_of(code.lower().replace("-", " "))
    assert (proof.result, proof.made_at, proof.code) == (kind, NOW, code)
    assert Receipt.select().count() == 0


def test_a_signed_code_can_be_read_aloud_and_is_read_with_letters_for_digits() -> None:
    for seconds in range(200):
        code = signed_code(SignedKind.BUSY, NOW + SECOND * seconds)
        assert re.fullmatch(rf"GC-[-{ALPHABET}]+", code)
        typed = code[3:].replace("0", "o").replace("1", "l").replace("V", "u")
        assert proof_of(f"GC-{typed}").code == code


def test_a_signed_code_may_be_of_any_year_that_fits() -> None:
    for moment in (datetime(1970, 1, 1, tzinfo=UTC), datetime(2106, 2, 7, 6, 28, 15, tzinfo=UTC)):
        assert proof_of(signed_code(SignedKind.BUSY, moment)).made_at == moment


def test_a_signed_code_with_any_letter_changed_proves_nothing() -> None:
    code = signed_code(SignedKind.BUSY, NOW)
    for at, letter in enumerate(code):
        if at > 2 and letter != "-":
            changed = code[:at] + ("1" if letter != "1" else "2") + code[at + 1 :]
            assert proof_of(changed) is None


def test_a_signed_code_of_another_installation_proves_nothing(secret: str) -> None:
    code = signed_code(SignedKind.BUSY, NOW)
    try:
        keys.use("another key")
        assert proof_of(code) is None
    finally:
        keys.use(secret)


def test_a_key_of_an_appointment_has_at_most_one_receipt() -> None:
    appointment = make_appointment()
    receipt = choose_and_confirm(appointment, make_slot())
    row = {**receipt.__data__, "id": None, "code": "GC-0000-0001"}
    with pytest.raises(IntegrityError):
        Receipt.create(**row)


def test_a_key_is_one_appointments_own() -> None:
    mine, other = make_appointment(), make_appointment("Binh")
    receipt = choose_and_confirm(mine, make_slot(), "key")
    assert receipt_of(mine, "key") == receipt
    assert receipt_of(other, "key") is None


def test_a_digest_of_what_was_asked_tells_wishes_apart_whatever_their_texts_hold() -> None:
    assert content_digest(a="1", b="2") == content_digest(b="2", a="1")
    assert content_digest(a="1", b="2") != content_digest(a="1', 'b', '2", b="")
    assert content_digest(a=1) != content_digest(a="1")
