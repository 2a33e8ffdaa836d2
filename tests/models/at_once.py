"""Many at the same moment: threads with connections of their own, let loose by one barrier."""

import threading
from collections.abc import Callable, Sequence
from typing import Any

from models.database import close_connection, open_connection

PATIENCE = 60  # seconds until a race that hangs is called off


def at_once(works: Sequence[Callable[[], Any]]) -> list[Any]:
    """What each piece of work returned or raised, all begun in the same instant."""
    barrier = threading.Barrier(len(works))
    results: list[Any] = [TimeoutError("still running")] * len(works)

    def run(index: int) -> None:
        open_connection()
        try:
            barrier.wait(PATIENCE)
            results[index] = works[index]()
        except Exception as problem:  # noqa: BLE001 - what was raised is the result
            results[index] = problem
        finally:
            close_connection()

    threads = [threading.Thread(target=run, args=(index,), daemon=True) for index in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return results


def meanwhile(work: Callable[[], Any]) -> Any:
    """What a piece of work returns on a connection of its own, while this one may be in the middle of something."""
    (result,) = at_once([work])
    if isinstance(result, Exception):
        raise result
    return result
