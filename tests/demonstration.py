"""The demonstration running as a program of its own, as a newcomer starts it."""

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
FLASK = [sys.executable, "-m", "flask", "--app", "app"]
PATIENCE = 60  # seconds for a server to answer on a slow machine


@dataclass(frozen=True)
class Demonstration:
    """A running demonstration: its address, its environment for more commands, and what `demo --json` declared."""

    address: str
    environment: dict[str, str]
    declared: dict[str, Any]

    def flask(self, *arguments: str) -> str:
        """Runs one of the product's commands on the same data and returns what it printed."""
        return run_flask(self.environment, *arguments)


def run_flask(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [*FLASK, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )  # fmt: skip
    assert done.returncode == 0, f"flask {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}"
    return done.stdout


def demonstration_environment(instance: Path, **settings: str) -> dict[str, str]:
    outside = {
        name: value for name, value in os.environ.items() if not name.startswith(("GOODCAUSE_", "FLASK_"))
    }
    chosen = {
        "DEMO": "1",
        "INSTANCE": str(instance),
        "DATABASE_URL": f"sqlite:///{instance}/demo.sqlite3",
        **settings,
    }
    return {**outside, **{f"GOODCAUSE_{name}": value for name, value in chosen.items()}}


def wait_until_ready(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(f"{address}/readyz", timeout=5).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError) as error:
            if isinstance(error, urllib.error.HTTPError):
                error.close()
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail(f"the server did not start:\n{log.read_text()}")
            time.sleep(0.1)
        else:
            return


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    """The demonstration as `make run` starts it, on a port and data of this worker's own."""
    instance, port = tmp_path_factory.mktemp("demonstration"), free_port()
    address, log = f"http://127.0.0.1:{port}", instance / "server.log"
    environment = demonstration_environment(instance, LIMITS="track", BASE_URL=address)
    run_flask(environment, "migrate")
    declared = json.loads(run_flask(environment, "demo", "--json"))
    command = [*FLASK, "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
    try:
        wait_until_ready(address, server, log)
        yield Demonstration(address, environment, declared)
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
