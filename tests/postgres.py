"""A throw-away PostgreSQL server for the tests: found, installed or fetched; one per run, a fresh database per test."""

import contextlib
import fcntl
import getpass
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.installing import ROOT, server_binaries

HOME_KEY = "TEST_POSTGRES_HOME"  # the folder that the workers of one run share
ADDRESS = "address.json"
PATIENCE = 120  # seconds for making and starting a server on a slow machine
REMEDY = (
    "no PostgreSQL server: install one (Debian and Ubuntu: apt-get install postgresql), "
    "put the folder with initdb on PATH, or pip install pgserver"
)


def unprivileged_user() -> pwd.struct_passwd | None:
    """Whom the server runs as: nobody else for an ordinary person; root must step down, initdb refuses it."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    return None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One running server whose folder, owner and port are its own. Durable: fsync stays on, tests rely on it."""

    def __init__(self, binaries: Path) -> None:
        self.binaries = binaries
        self.user = unprivileged_user()
        self.port = free_port()
        self.folder = Path(tempfile.mkdtemp(prefix="goodcause-postgres-"))
        if self.user:
            os.chown(self.folder, self.user.pw_uid, self.user.pw_gid)
        self._make()
        self.process = self._start()

    def _owner(self) -> dict[str, object]:
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []} if self.user else {}

    def _make(self) -> None:
        command = [
            self.binaries / "initdb",
            "--pgdata",
            self.folder / "data",
            "--username",
            "tests",
            "--auth",
            "trust",
        ]
        options = ["--encoding", "UTF8", "--no-locale", "--no-sync"]
        subprocess.run(
            [*command, *options], check=True, capture_output=True, cwd=self.folder, **self._owner()
        )

    def _start(self) -> subprocess.Popen[bytes]:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": self.port,
            "unix_socket_directories": self.folder,
            "max_connections": 200,
            "timezone": "UTC",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("wb") as log:
            return subprocess.Popen(
                [self.binaries / "postgres", "-D", self.folder / "data", *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.folder, **self._owner(),
            )  # fmt: skip

    @property
    def url(self) -> str:
        return f"postgresql://tests@127.0.0.1:{self.port}"

    def wait_until_ready(self) -> None:
        import psycopg

        until = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(f"{self.url}/postgres", connect_timeout=5).close()
            except psycopg.OperationalError as error:
                if self.process.poll() is not None or time.monotonic() > until:
                    message = f"PostgreSQL did not start: {(self.folder / 'log').read_text()}"
                    raise RuntimeError(message) from error
                time.sleep(0.1)
            else:
                return

    def stop(self) -> None:
        self.process.send_signal(signal.SIGINT)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(30)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def keep(home: Path, pid: int) -> None:
    """Runs a server for as long as the test run with this pid lives, however it ends, then leaves nothing behind."""
    binaries = server_binaries()
    if binaries is None:
        (home / ADDRESS).write_text(json.dumps({"missing": REMEDY}))
        return
    server = Server(binaries)
    try:
        server.wait_until_ready()
        draft = home / "draft"
        draft.write_text(json.dumps({"url": server.url}))
        draft.rename(home / ADDRESS)
        while alive(pid):
            time.sleep(0.2)
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def address(home: Path) -> dict[str, str]:
    """Where the server of this run is; the first worker that asks has it started."""
    with (home / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / ADDRESS).exists():
            _start_keeper(home)
    return dict(json.loads((home / ADDRESS).read_text()))


def _start_keeper(home: Path) -> None:
    command = [sys.executable, "-m", "tests.postgres", str(home), os.environ[HOME_KEY + "_PID"]]
    with (home / "keeper.log").open("wb") as log:
        keeper = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
    until = time.monotonic() + PATIENCE + 1200  # downloading a server may come first
    while not (home / ADDRESS).exists():
        if keeper.poll() not in (None, 0) or time.monotonic() > until:
            pytest.fail(f"PostgreSQL did not start:\n{(home / 'keeper.log').read_text()}")
        time.sleep(0.05)
    keeper.returncode = 0  # it goes on without us and ends with the run


def pytest_configure() -> None:
    """The first process of the run makes the folder; its workers inherit the name."""
    if HOME_KEY not in os.environ:
        os.environ[HOME_KEY] = tempfile.mkdtemp(prefix=f"goodcause-run-{getpass.getuser()}-")
        os.environ[HOME_KEY + "_PID"] = str(os.getpid())


def pytest_unconfigure() -> None:
    if os.environ.get(HOME_KEY + "_PID") == str(os.getpid()):
        shutil.rmtree(os.environ.pop(HOME_KEY), ignore_errors=True)
        del os.environ[HOME_KEY + "_PID"]


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """The address of the server without a database name."""
    found = address(Path(os.environ[HOME_KEY]))
    if "url" in found:
        return found["url"]
    if os.environ.get("CI"):
        pytest.fail(found["missing"])
    pytest.skip(found["missing"])


@contextlib.contextmanager
def new_database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    """A database that is gone afterwards, with whoever is still connected to it."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(sql.Identifier(name), sql.Identifier(template)))
        try:
            yield f"{server}/{name}"
        finally:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


if __name__ == "__main__":
    keep(Path(sys.argv[1]), int(sys.argv[2]))
