"""The queue for SQLite's one writer: kept by the kernel in order of arrival, left after a stated time."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

try:  # Windows has no fcntl: there SQLite's own waiting must do.
    import fcntl
except ImportError:  # pragma: no cover
    fcntl = None  # type: ignore[assignment]


@contextmanager
def turn(lock_path: Path | None, seconds: float) -> Iterator[float]:
    """Hold the lock file while the block runs and say how many of the seconds are left.

    Without a path there is no queue. Raises TimeoutError when the turn did not come in time,
    another OSError when the lock file cannot be made.
    """
    if lock_path is None or fcntl is None:
        yield seconds
        return
    asked_at = time.monotonic()
    handle = os.open(lock_path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _queue(handle, seconds)
        yield max(0.0, seconds - (time.monotonic() - asked_at))
    finally:
        os.close(handle)  # closing lets go of the lock


def _queue(handle: int, seconds: float) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        came = threading.Event()
        threading.Thread(target=_wait, args=(os.dup(handle), came), daemon=True).start()
        if not came.wait(seconds):
            raise TimeoutError from None


def _wait(twin: int, came: threading.Event) -> None:
    """Wait on a twin of the handle: if nobody wants the turn any more when it comes, closing the twin ends it."""
    try:
        fcntl.flock(twin, fcntl.LOCK_EX)
        came.set()
    finally:
        os.close(twin)
