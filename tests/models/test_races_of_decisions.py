"""Decisions, codes, claims and letters in the same second: each has one winner."""

import time
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from peewee import Database

from models import claims, deciding, moving, outbox, sign_ins, verifying
from models.appointments import ActingAs, Appointment, Claim, Move
from models.limits import HOLDS, count
from models.outbox import Letter, claim_next, post
from models.receipts import Result
from models.reviews import Review, ReviewState
from models.sign_ins import OneTimeCode, Purpose, Session, use_code
from models.verifying import breaches
from tests.models.at_once import at_once, meanwhile
from tests.models.builders import (
    NOW,
    actor_of,
    choose,
    choose_and_confirm,
    confirm,
    fresh,
    make_account,
    make_appointment,
    make_slot,
)

WINDOW = 0.4  # seconds between looking and writing, where a guard was taken out


@pytest.fixture(autouse=True)
def _database(any_database: Database) -> None:
    """Every race is run on both."""


def ready(number: int) -> list[Appointment]:
    """Appointments of as many people, with everything read and made that is not part of the race."""
    actor_of()
    return [make_appointment(f"Person {index}") for index in range(number)]


def test_a_grant_and_a_refusal_at_once_have_one_winner() -> None:
    appointments = ready(6)
    reviews = []
    for index, mine in enumerate(appointments):
        choose(mine, make_slot(20 + index), good_cause="other")
        confirm(mine)
        reviews.append(Review.get(Review.appointment == mine))
    works: list[Callable[[], Any]] = []
    for review in reviews:
        works.append(lambda review=review: deciding.grant(review, "Officer 7", NOW))
        works.append(lambda review=review: deciding.decline(review, "Officer 8", "No.", NOW))
    results = at_once(works)
    for review, granted, declined in zip(reviews, results[::2], results[1::2], strict=True):
        assert bool(granted) != declined
        letters = Letter.select().where(
            Letter.kind == "review_declined", Letter.key.contains(f":{review.id}:")
        )
        assert (fresh(review).state == ReviewState.DECLINED, letters.count()) == (declined, int(declined))
    assert breaches() == []


def test_a_new_wish_and_a_grant_at_once_end_in_one_state() -> None:
    (mine,), wished, other = ready(1), make_slot(20), make_slot(21)
    choose(mine, wished, "wish", good_cause="other")
    confirm(mine, "wish")
    review = Review.get()
    choose(mine, other, "other")
    granted, moved = at_once(
        [lambda: deciding.grant(review, "Officer 7", NOW), lambda: confirm(mine, "other")]
    )
    assert (granted is not None and granted.result == Result.MOVED) != (moved.result == Result.MOVED)
    assert (breaches(), fresh(mine).version) == ([], 2)


def test_this_was_not_me_and_a_confirmation_at_once_come_one_after_the_other() -> None:
    (mine,), slot = ready(1), make_slot()
    choose(mine, slot)
    _, answer = at_once([lambda: claims.not_me(mine, NOW), lambda: confirm(mine)])
    assert answer.result in {Result.MOVED, Result.REFUSED}
    assert (breaches(), fresh(slot).free) == ([], 0 if answer.result == Result.MOVED else 1)


def test_a_freeze_waits_for_the_move_that_has_begun_and_no_move_begins_after_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (mine,), slot = ready(1), make_slot()
    choose(mine, slot)
    order: list[str] = []

    def slow(point: str) -> None:
        order.append(point)
        time.sleep(WINDOW / 4)

    def freeze() -> None:
        while "judged" not in order:
            time.sleep(0.01)
        claims.not_me(mine, NOW)
        order.append("frozen")

    monkeypatch.setattr(moving, "pause", slow)
    at_once([lambda: confirm(mine), freeze])
    assert order == [*moving.PAUSES, "frozen"]


def test_a_right_code_used_eight_times_at_once_opens_once() -> None:
    token, code = sign_ins.send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")
    opened = at_once([lambda: use_code(Purpose.SIGN_IN, token, code, NOW)] * 5)
    assert Counter(opened) == {"ana@example.org": 1, None: 4}


def test_without_the_guard_a_code_opens_more_than_once() -> None:
    sign_ins.send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")

    def look_then_write() -> bool:
        unused = OneTimeCode.get().used_at is None
        time.sleep(WINDOW)
        return unused and bool(OneTimeCode.update(used_at=NOW).execute())

    assert at_once([look_then_write] * 5).count(True) > 1


def test_guesses_at_once_are_counted_one_by_one() -> None:
    token, code = sign_ins.send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")
    wrong = f"{(int(code) + 1) % 10**6:06}"
    at_once([lambda: use_code(Purpose.SIGN_IN, token, wrong, NOW)] * 12)
    assert OneTimeCode.get().tries == sign_ins.CODE_TRIES
    assert use_code(Purpose.SIGN_IN, token, code, NOW) is None


def test_tries_at_once_are_counted_one_by_one() -> None:
    results = at_once([lambda: count(HOLDS, "somebody", NOW)] * 24)
    assert Counter(result is None for result in results) == {True: HOLDS.most, False: 24 - HOLDS.most}


def test_two_people_claiming_first_at_once_do_not_both_stand() -> None:
    (mine,) = ready(1)
    type(mine.case).update(contact_email="").execute()
    born, number = mine.person.date_of_birth, mine.confirmation_number
    people = [make_account(f"claimant{index}") for index in range(6)]
    found = at_once([
        lambda account=account: claims.find(account, number, born, ActingAs.SELF, NOW) for account in people
    ])  # fmt: skip
    assert [one.code_to for one in found].count(None) == 1
    assert Claim.select().where(Claim.confirmed_at.is_null(False)).count() == 1


def test_a_first_sign_in_in_two_windows_at_once_makes_one_account() -> None:
    opened = at_once([lambda: sign_ins.start_session("new@example.org", NOW, "en")] * 6)
    assert len({account.id for _, account in opened}) == 1
    assert (Session.select().count(), breaches()) == (6, [])


def test_workers_at_once_send_each_letter_once() -> None:
    for index in range(12):
        outbox.write_tx(lambda index=index: post(f"letter {index}", "moved", "ana@example.org", NOW))

    def work() -> list[int]:
        return [letter.id for letter in iter(lambda: claim_next(NOW), None)]

    claimed = [id for ids in at_once([work] * 6) for id in ids]
    assert sorted(claimed) == sorted(letter.id for letter in Letter.select())


@pytest.mark.parametrize("guarded", [True, False])
def test_a_check_sees_a_move_that_commits_meanwhile_whole_or_not_at_all(
    guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    (mine,), slot = ready(1), make_slot()
    real, moves = verifying._counts, [lambda: choose_and_confirm(mine, slot)]

    def overtaken(*query: Any) -> dict[Any, Any]:
        counts = real(*query)
        while moves:
            meanwhile(moves.pop())
        return counts

    monkeypatch.setattr(verifying, "_counts", overtaken)
    if not guarded:
        monkeypatch.setattr(verifying, "read_tx", lambda work: work())
    assert (breaches() == []) is guarded
    assert Move.select().count() == 1
