"""A process that moves appointments until it is killed; started by the tests as `python -m tests.models.crashing`."""

import os
import signal
import sys
from datetime import datetime

from models import keys, moving
from models.database import connect, open_connection
from models.holds import Hold
from models.judging import Actor
from models.wishes import Asked, Wish


def say(words: str) -> None:
    print(words, flush=True)  # noqa: T201 - the test listens


def die(point: str) -> None:
    """Die as by a power cut: no handler runs, nothing is closed."""
    say(point)
    os.kill(os.getpid(), signal.SIGKILL)


def move_one(appointment: int, slot: int, account: int, now: datetime) -> None:
    """Hold and confirm under the key that the test will use again."""
    wish = Wish(f"key {appointment}", slot, "illness_or_medical", "", False, 1)
    actor = Actor(account, "self")
    assert isinstance(moving.hold(appointment, wish, actor, now), Hold)
    receipt = moving.move(Asked(appointment, wish.key, actor), now)
    assert receipt is not None
    say(f"{receipt.result} {appointment}")


def main(url: str, secret: str, now: str, account: str, point: str, *work: str) -> None:
    keys.use(secret)
    connect(url)
    open_connection()
    moving.pause = lambda reached: die(reached) if reached == point else None
    say("ready")
    for pair in work:
        appointment, slot = pair.split(":")
        move_one(int(appointment), int(slot), int(account), datetime.fromisoformat(now))
        if point == "answered":
            die(point)


if __name__ == "__main__":
    main(*sys.argv[1:])
