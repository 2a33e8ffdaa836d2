"""Several workers at once: they share the letters, and what one leaves behind another sends."""

import os
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from peewee import Database

from models import outbox
from models.outbox import CLAIM_TIME, Letter
from tests.demonstration import FLASK, PATIENCE, ROOT, demonstration_environment
from tests.models.builders import NOW, choose_and_confirm, make_appointment, make_slot
from tests.views.mailbox import Mailbox, open_mailbox
from views.delivery import work

CONTACT = {"contact_email": "contact@example.org"}


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with open_mailbox() as opened:
        yield opened


def names(mailbox: Mailbox) -> Counter[str]:
    return Counter(str(letter["Message-ID"]) for letter in mailbox.letters)


def test_two_workers_share_the_letters(
    any_database: Database, make_app: Callable[..., Flask], mailbox: Mailbox
) -> None:
    app = make_app(MAIL_URL=mailbox.url)
    appointment = make_appointment().id
    for number in range(20):
        outbox.post(f"key {number}", "claimed", f"{number}@example.org", NOW, appointment=appointment)
    stop = threading.Event()
    workers = [threading.Thread(target=work, args=(app, stop)) for _ in range(2)]
    for one in workers:
        one.start()
    wait_for(lambda: not Letter.select().where(Letter.sent_at.is_null()).exists())
    stop.set()
    for one in workers:
        one.join()
    assert set(names(mailbox).values()) == {1}
    assert len(mailbox.letters) == 20


def test_the_letter_of_a_worker_that_was_killed_leaves_by_another(
    any_database: Database, database_url: str, secret: str, mailbox: Mailbox, tmp_path: Path
) -> None:
    for day in (20, 21, 22):
        choose_and_confirm(make_appointment(in_hours=240 + day, case=CONTACT), make_slot(day))
    told = tmp_path / "now"
    told.write_text(NOW.isoformat())
    environment = demonstration_environment(
        tmp_path, DATABASE_URL=database_url, SECRET_KEY=secret, MAIL_URL=mailbox.url, CLOCK=f"@{told}"
    )
    mailbox.answers = ["hold"]
    with a_worker(environment) as first:
        wait_for(mailbox.holding.is_set)
        with a_worker(environment):
            wait_for(lambda: Letter.select().where(Letter.sent_at.is_null()).count() == 1)
            os.kill(first.pid, signal.SIGKILL)
            told.write_text((NOW + CLAIM_TIME).isoformat())
            wait_for(lambda: not Letter.select().where(Letter.sent_at.is_null()).exists())
    assert len(names(mailbox)) == Letter.select().count() == 6
    assert max(Letter.select(), key=lambda letter: letter.tries).tries == 2


class a_worker:  # noqa: N801 - reads as what it is
    """A worker in a process of its own, ended at the end of the block."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [*FLASK, "worker"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
        )

    def __enter__(self) -> subprocess.Popen[bytes]:
        return self._process

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        assert self._process.wait(15) in (0, -signal.SIGKILL)


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)
