"""A process killed in the middle of a move: one appointment, nothing half, one clear answer to the retry."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from peewee import Database

from models import moving
from models.appointments import Appointment, Move
from models.receipts import Receipt, Result
from models.slots import Slot
from models.verifying import breaches
from tests.models.builders import (
    NOW,
    actor_of,
    choose_and_confirm,
    confirm,
    fresh,
    make_appointment,
    make_slot,
)

ROOT = Path(__file__).parents[2]
BEFORE_THE_COMMIT = list(moving.PAUSES)


class Mover:
    """Another process that moves appointments, one after the other."""

    def __init__(self, url: str, secret: str, point: str, work: list[tuple[Appointment, Slot]]) -> None:
        pairs = [f"{appointment.id}:{slot.id}" for appointment, slot in work]
        arguments = [url, secret, NOW.isoformat(), str(actor_of().account_id), point, *pairs]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.models.crashing", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )  # fmt: skip
        assert self.read() == "ready"

    def read(self) -> str:
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def end(self) -> list[str]:
        """What it still said, after it has ended."""
        said, _ = self.process.communicate(timeout=60)
        return said.split("\n")[:-1]


@pytest.mark.parametrize("point", BEFORE_THE_COMMIT)
def test_killed_before_the_commit_nothing_has_happened_and_the_same_key_still_moves(
    any_database: Database, database_url: str, secret: str, point: str
) -> None:
    appointment, slot = make_appointment(), make_slot()
    mover = Mover(database_url, secret, point, [(appointment, slot)])
    assert mover.end() == [point]
    assert mover.process.returncode == -signal.SIGKILL
    assert (breaches(), fresh(appointment), Move.select().count()) == ([], appointment, 0)
    receipt = confirm(appointment, f"key {appointment.id}")
    assert (receipt.result, fresh(appointment).slot, Appointment.select().count()) == (Result.MOVED, slot, 1)
    assert breaches() == []


def test_killed_after_the_commit_the_lost_answer_is_given_again(
    any_database: Database, database_url: str, secret: str
) -> None:
    appointment, slot = make_appointment(), make_slot(places=2)
    mover = Mover(database_url, secret, "answered", [(appointment, slot)])
    assert mover.end() == [f"moved {appointment.id}", "answered"]
    known = Receipt.get()
    assert confirm(appointment, f"key {appointment.id}").id == known.id
    assert (breaches(), Move.select().count(), fresh(slot).free) == ([], 1, 1)


@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_every_retry_has_one_answer(
    any_database: Database, database_url: str, secret: str, seed: int
) -> None:
    work = [(make_appointment(f"Person {index}"), make_slot(20 + index)) for index in range(40)]
    mover = Mover(database_url, secret, "", work)
    time.sleep(random.Random(seed).uniform(0, 0.4))  # noqa: S311 - chance, not secrecy
    mover.process.kill()
    acknowledged = {int(line.split()[1]) for line in mover.end()}
    assert breaches() == []
    moved = {appointment.id for appointment, _ in work if fresh(appointment).version == 2}
    assert acknowledged <= moved
    assert len(moved - acknowledged) <= 1
    for appointment, slot in work:
        receipt = choose_and_confirm(appointment, slot, f"key {appointment.id}")
        assert (receipt.result, fresh(appointment).slot) == (Result.MOVED, slot)
    assert (breaches(), Move.select().count(), Appointment.select().count()) == ([], 40, 40)


def test_without_one_transaction_a_kill_leaves_half_a_move(
    any_database: Database, database_url: str, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    appointment, slot = make_appointment(), make_slot()

    def trip(point: str) -> None:
        if point == "old-place-given-back":
            raise KeyboardInterrupt

    monkeypatch.setattr(moving, "write_tx", lambda work: work())
    monkeypatch.setattr(moving, "pause", trip)
    with pytest.raises(KeyboardInterrupt):
        choose_and_confirm(appointment, slot)
    assert breaches() != []
