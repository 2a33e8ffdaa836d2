"""`serve` as a program of its own: it starts, answers, refuses to start, and stops when told to."""

import json
import os
import signal
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from peewee import Database

from models.sign_ins import Purpose, send_code
from tests.demonstration import FLASK, PATIENCE, ROOT, demonstration_environment, run_flask, wait_until_ready
from tests.postgres import free_port


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A migrated installation of this test's own."""
    found = demonstration_environment(tmp_path)
    run_flask(found, "migrate")
    return found


@contextmanager
def serving(
    environment: dict[str, str], log: Path, *options: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server process and its address; killed afterwards when it still runs."""
    port = free_port()
    with log.open("wb") as output:
        server = subprocess.Popen(
            [*FLASK, "serve", "--port", str(port), *options],
            cwd=ROOT, env=environment, stdout=output, stderr=output,
        )  # fmt: skip
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server, log)
        yield server, f"http://127.0.0.1:{port}"
    finally:
        if server.poll() is None:
            server.kill()
        server.wait()


def status(address: str) -> int:
    with urllib.request.urlopen(address, timeout=10) as answer:
        return int(answer.status)


def children(process: int) -> set[int]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text()
    return {int(number) for number in found.split()}


def wait_for(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_answers_and_stops_when_told(
    environment: dict[str, str], tmp_path: Path, how: signal.Signals
) -> None:
    log = tmp_path / "log"
    with serving(environment, log) as (server, address):
        assert status(f"{address}/healthz") == 200
        server.send_signal(how)
        assert server.wait(15) == 0
    assert f"Goodcause answers on {address}" in log.read_text()


def test_what_it_logs_is_one_json_object_a_line_without_any_address(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with serving(environment, tmp_path / "log") as (server, address):
        status(f"{address}/healthz?secret=1234")
        server.terminate()
        server.wait(15)
    banner, *lines = (tmp_path / "log").read_text().splitlines()
    assert banner.startswith("Goodcause answers on")
    logged = [json.loads(line) for line in lines]
    assert [line["route"] for line in logged if "route" in line][-1] == "/healthz"
    assert "1234" not in "".join(lines)


def test_two_processes_share_a_port_and_a_lost_one_comes_back(
    environment: dict[str, str], tmp_path: Path
) -> None:
    with serving(environment, tmp_path / "log", "--processes", "2") as (server, address):
        first = children(server.pid)
        assert len(first) == 2
        os.kill(min(first), signal.SIGKILL)
        wait_for(lambda: len(children(server.pid)) == 2 and children(server.pid) != first)
        assert {status(f"{address}/healthz") for _ in range(8)} == {200}
        last = children(server.pid)
        server.send_signal(signal.SIGTERM)
        assert server.wait(15) == 0
    assert not [number for number in last if Path(f"/proc/{number}").exists()]


def test_a_letter_leaves_from_the_server_itself(
    database: Database, database_url: str, tmp_path: Path
) -> None:
    send_code(Purpose.SIGN_IN, "ana@example.org", datetime.now(UTC), language="en")
    with serving(demonstration_environment(tmp_path, DATABASE_URL=database_url), tmp_path / "log"):
        wait_for(lambda: any((tmp_path / "mail").glob("*.eml")))


def refused(environment: dict[str, str], *options: str) -> str:
    done = subprocess.run(
        [*FLASK, "serve", *options], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )  # fmt: skip
    assert done.returncode == 1, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


def test_it_does_not_start_on_tables_that_are_behind(tmp_path: Path) -> None:
    assert "flask --app app migrate" in refused(demonstration_environment(tmp_path))


def test_the_program_itself_says_the_same(tmp_path: Path) -> None:
    done = subprocess.run(
        [FLASK[0], "app.py"],
        cwd=ROOT, env=demonstration_environment(tmp_path), capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1
    assert "flask --app app migrate" in done.stderr


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ({"MAIL_URL": "mail.example.org"}, "GOODCAUSE_MAIL_URL needs"),
        ({"SMS_URL": "x:"}, "GOODCAUSE_SMS_URL needs"),
    ],
)
def test_it_does_not_start_with_a_way_that_there_is_not(
    environment: dict[str, str], setting: dict[str, str], said: str
) -> None:
    assert said in refused({**environment, **{f"GOODCAUSE_{key}": value for key, value in setting.items()}})


def test_a_port_that_is_taken_is_said(environment: dict[str, str], tmp_path: Path) -> None:
    with serving(environment, tmp_path / "log") as (_, address):
        assert "Choose another with --port" in refused(environment, "--port", address.rpartition(":")[2])


def test_migrate_says_what_it_did(tmp_path: Path) -> None:
    environment = demonstration_environment(tmp_path)
    assert "Applied 0001_ground." in run_flask(environment, "migrate")
    assert run_flask(environment, "migrate") == "The database is up to date.\n"


def test_a_worker_without_a_way_to_send_says_so(tmp_path: Path) -> None:
    environment = {**demonstration_environment(tmp_path), "GOODCAUSE_DEMO": "0"}
    run_flask(environment, "migrate")
    done = subprocess.run(
        [*FLASK, "worker"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "Set GOODCAUSE_MAIL_URL" in done.stderr


def test_a_worker_stops_when_told(environment: dict[str, str]) -> None:
    with subprocess.Popen([*FLASK, "worker"], cwd=ROOT, env=environment, stderr=subprocess.PIPE) as worker:
        assert worker.stderr
        assert b"Sending letters" in worker.stderr.readline()
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(15) == 0
