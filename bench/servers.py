"""Servers started for a measurement and stopped after it: the product as its command starts it, and a bare one."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench import load
from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
SECRET = "a key that only benchmarks use and that opens nothing"
PATIENCE = 30.0


@dataclass(frozen=True)
class Server:
    """A running server, and how long it took to its first answer."""

    port: int
    process: subprocess.Popen[bytes]
    seconds_to_start: float

    @property
    def pids(self) -> list[int]:
        """The process and those it forked."""
        own = self.process.pid
        forked = Path(f"/proc/{own}/task/{own}/children").read_text().split()
        return [own, *map(int, forked)]


def environment(folder: Path, url: str) -> dict[str, str]:
    """The settings of the product under measurement: limits are counted as ever, but stop nobody."""
    outside = {
        name: value for name, value in os.environ.items() if not name.startswith(("GOODCAUSE_", "FLASK_"))
    }
    settings = {
        "DEMO": "1",
        "LIMITS": "track",
        "INSTANCE": str(folder),
        "DATABASE_URL": url,
        "SECRET_KEY": SECRET,
    }
    return {**outside, **{f"GOODCAUSE_{name}": value for name, value in settings.items()}}


@contextmanager
def goodcause(
    folder: Path, url: str, *, processes: int = 1, threads: int = 4, app: str = "app"
) -> Iterator[Server]:
    """The product on a migrated database."""
    arguments = [
        "-m",
        "flask",
        "--app",
        app,
        "serve",
        "--processes",
        str(processes),
        "--threads",
        str(threads),
    ]
    with _running([*arguments, "--port"], environment(folder, url), "/healthz") as server:
        yield server


@contextmanager
def bare(page: Path | None = None, *, processes: int = 1, threads: int = 4) -> Iterator[Server]:
    """A Flask application that does nothing but answer the bytes of `page`, on the same kind of server."""
    arguments = ["-m", "bench.bare", str(page or "-"), str(processes), str(threads)]
    with _running(arguments, dict(os.environ), "/healthz") as server:
        yield server


@contextmanager
def _running(arguments: list[str], settings: dict[str, str], path: str) -> Iterator[Server]:
    port = free_port()
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, *arguments, str(port)],
        cwd=ROOT, env=settings, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        _wait_for(port, path, process)
        yield Server(port, process, time.perf_counter() - began)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)  # the group: what it forked as well
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    until = time.perf_counter() + PATIENCE
    while time.perf_counter() < until:
        try:
            answers, _took = load.drive(port, [[load.get(path)]])
        except ConnectionError:
            if process.poll() is not None:
                raise RuntimeError("the server ended instead of answering") from None
            time.sleep(0.005)
        else:
            if answers[0].status != 200:
                raise RuntimeError(f"{path} answered {answers[0].status}")
            return
    raise TimeoutError("the server did not start")
