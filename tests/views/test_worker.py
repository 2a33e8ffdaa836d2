"""The worker: every change is told at least once, whatever the mail server or the machine does."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from flask import Flask

from models import outbox
from models.database import write_tx
from models.holds import HOLD_TIME
from models.limits import HOLDS, LimitCount
from models.limits import count as count_try
from models.outbox import MOST_TRIES, Letter, Way
from models.reviews import Review, ReviewState
from models.sign_ins import CODE_TIME, OneTimeCode, Purpose, Session, send_code, start_session
from tests.conftest import Clock
from tests.models.builders import (
    DAY,
    MINUTE,
    NOW,
    SECOND,
    choose,
    choose_and_confirm,
    confirm,
    fresh,
    make_appointment,
    make_slot,
)
from tests.views.mailbox import Mailbox, open_mailbox
from views.delivery import run_once

CONTACT = {"contact_email": "contact@example.org"}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


@pytest.fixture
def worker(make_app: Callable[..., Flask], mailbox: Mailbox, clock: Clock) -> Callable[..., int]:
    """One round of the worker at a moment; how many letters it tried."""
    app = make_app(MAIL_URL=mailbox.url)

    def round_at(moment: datetime = NOW) -> int:
        clock.set(moment)
        with app.app_context():
            return run_once()

    return round_at


def move_somebody() -> None:
    """A change of which two people are told."""
    choose_and_confirm(make_appointment(case=CONTACT), make_slot())


def test_a_change_is_told_to_both_and_only_once(worker: Callable[..., int], mailbox: Mailbox) -> None:
    move_somebody()
    assert (worker(), worker()) == (2, 0)
    assert sorted(letter["To"] for letter in mailbox.letters) == ["ana@example.org", "contact@example.org"]
    assert all(letter.sent_at == NOW for letter in Letter.select())


def test_a_change_that_was_taken_back_is_told_to_nobody(worker: Callable[..., int], mailbox: Mailbox) -> None:
    def fails() -> None:
        outbox.post("a key", "claimed", "ana@example.org", NOW, appointment=1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_tx(fails)
    assert worker() == 0
    assert mailbox.arrived == []


def test_a_code_leaves_and_is_wiped(worker: Callable[..., int], mailbox: Mailbox) -> None:
    _token, code = send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")
    worker()
    assert code in mailbox.letters[0].get_content()
    assert Letter.get().data == {}


@pytest.mark.parametrize(("late", "arrives"), [(CODE_TIME - SECOND, 1), (CODE_TIME, 0)])
def test_a_code_that_no_longer_works_is_not_sent(
    worker: Callable[..., int], mailbox: Mailbox, late: timedelta, arrives: int
) -> None:
    send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")
    worker(NOW + late)
    letter = Letter.get()
    assert (len(mailbox.letters), letter.given_up_at is None, letter.data) == (arrives, arrives == 1, {})


def test_a_letter_that_is_put_off_leaves_later(worker: Callable[..., int], mailbox: Mailbox) -> None:
    send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")
    mailbox.answers = ["451 try later"]
    worker()
    waiting = Letter.get()
    assert (waiting.tries, waiting.due_at, waiting.sent_at) == (1, NOW + MINUTE, None)
    assert "451" in waiting.last_problem
    assert (worker(NOW + MINUTE - SECOND), worker(NOW + MINUTE)) == (0, 1)
    assert len(mailbox.letters) == 1


def test_a_letter_to_nobody_is_given_up_and_the_others_leave(
    worker: Callable[..., int], mailbox: Mailbox
) -> None:
    move_somebody()
    mailbox.refused_recipients = {"contact@example.org": "550 no such box"}
    worker()
    given_up = Letter.get(Letter.recipient == "contact@example.org")
    assert (given_up.given_up_at, given_up.sent_at) == (NOW, None)
    assert Letter.get(Letter.recipient == "ana@example.org").sent_at == NOW
    assert worker(NOW + DAY) == 0


def test_after_eight_tries_a_letter_is_given_up(worker: Callable[..., int], mailbox: Mailbox) -> None:
    outbox.post("a key", "claimed", "ana@example.org", NOW, appointment=make_appointment().id)
    mailbox.answers = ["451 try later"] * 20
    moment = NOW
    while Letter.get().given_up_at is None:
        assert worker(moment) == 1
        moment = Letter.get().due_at
    assert Letter.get().tries == MOST_TRIES
    assert worker(moment + DAY) == 0


def test_a_server_that_takes_a_letter_and_hangs_up_gets_it_twice_under_one_name(
    worker: Callable[..., int], mailbox: Mailbox
) -> None:
    outbox.post(
        "a key", "claimed", "ana@example.org", NOW, appointment=make_appointment().id, to_contact=True
    )
    mailbox.answers = ["close"]
    worker()
    worker(NOW + MINUTE)
    first, second = mailbox.arrived
    assert first == second
    assert Letter.get().sent_at == NOW + MINUTE


def test_a_letter_without_words_does_not_hold_up_the_others(
    worker: Callable[..., int], mailbox: Mailbox
) -> None:
    outbox.post("a key", "of-a-newer-version", "ana@example.org", NOW)
    send_code(Purpose.SIGN_IN, "binh@example.org", NOW, language="en")
    assert worker() == 2
    assert [letter["To"] for letter in mailbox.letters] == ["binh@example.org"]
    assert Letter.get(Letter.key == "a key").last_problem.startswith("KeyError")


def test_a_text_message_that_has_no_way_is_given_up_at_once_and_says_why(
    worker: Callable[..., int], mailbox: Mailbox
) -> None:
    outbox.post("a key", "code", "+12125550100", NOW, way=Way.SMS, code="123456")
    worker()
    letter = Letter.get()
    assert (letter.sent_at, letter.given_up_at) == (None, NOW)
    assert "GOODCAUSE_SMS_URL" in letter.last_problem


def test_a_letter_is_in_its_own_language(worker: Callable[..., int], mailbox: Mailbox) -> None:
    for number, language in enumerate(("es", "en", "xx")):
        send_code(Purpose.SIGN_IN, f"{number}@example.org", NOW, language=language)
    worker()
    assert [letter["Content-Language"] for letter in mailbox.letters] == ["es", "en", "en"]


# --- tidying


def test_a_lapsed_hold_gives_its_place_back(worker: Callable[..., int]) -> None:
    slot = make_slot()
    choose(make_appointment(), slot)
    worker(NOW + HOLD_TIME - SECOND)
    assert fresh(slot).free == 0
    worker(NOW + HOLD_TIME)
    assert fresh(slot).free == 1


def test_a_wish_nobody_decided_lapses_and_the_person_is_told_at_once(
    worker: Callable[..., int], mailbox: Mailbox
) -> None:
    appointment = make_appointment()
    choose(appointment, make_slot(), good_cause="other", good_cause_details="My bus does not run.")
    confirm(appointment)
    review = Review.get()
    worker(review.until - SECOND)
    assert fresh(review).state == ReviewState.WAITING
    worker(review.until)
    assert fresh(review).state == ReviewState.LAPSED
    assert Letter.get(Letter.kind == "review_lapsed").sent_at == review.until


def test_what_is_over_is_forgotten_a_day_later(worker: Callable[..., int]) -> None:
    send_code(Purpose.SIGN_IN, "ana@example.org", NOW, language="en")
    start_session("ana@example.org", NOW, "en")
    count_try(HOLDS, "somebody", NOW)
    tables = (OneTimeCode, Session, LimitCount)
    worker(NOW + DAY - SECOND)
    assert [table.select().count() for table in tables] == [1, 1, 1]
    worker(NOW + 2 * DAY)
    assert [table.select().count() for table in tables] == [0, 0, 0]
