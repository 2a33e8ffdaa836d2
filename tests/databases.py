"""A fresh, migrated database for each test: SQLite, PostgreSQL, or both in turn."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from peewee import Database

from tests.postgres import new_database


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", choices=["sqlite", "postgres"], default="sqlite",
        help="the database of the tests that do not ask for both",
    )  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for `any_database` runs once on each, or on the one that it is about."""
    if "any_database" in metafunc.fixturenames:
        both = {"sqlite": "sqlite", "postgres": pytest.param("postgres", marks=pytest.mark.postgres)}
        only = metafunc.definition.get_closest_marker("only_on")
        chosen = [both[only.args[0]]] if only else list(both.values())
        metafunc.parametrize("database_url", chosen, indirect=True)


def _migrate(url: str) -> None:
    from models.database import close_connection, connect, open_connection
    from models.schema import migrate

    connect(url)
    open_connection()
    migrate()
    close_connection()


@pytest.fixture(scope="session")
def secret() -> str:
    """The key of the installation that the tests make."""
    return "a key that only tests use and that opens nothing"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty database file to copy from."""
    path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated, empty PostgreSQL database to copy from."""
    name = f"template_{uuid4().hex}"
    with new_database(postgres_server, name) as url:
        _migrate(url)
        yield name


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated, empty database of this test's own."""
    kind = getattr(request, "param", request.config.getoption("--database"))
    if kind == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
        return
    server = request.getfixturevalue("postgres_server")
    with new_database(server, f"test_{uuid4().hex}", request.getfixturevalue("postgres_template")) as url:
        yield url


@pytest.fixture
def database(database_url: str, secret: str) -> Iterator[Database]:
    """The models bound to a fresh database and this thread connected to it: SQLite, or what --database says."""
    from models import keys
    from models.database import close_connection, connect, open_connection
    from models.database import database as current

    keys.use(secret)
    connect(database_url)
    open_connection()
    yield current  # not the database itself: the app that a test makes binds one of its own to the same address
    close_connection()


@pytest.fixture
def any_database(database: Database) -> Database:
    """As `database`, once on SQLite and once on PostgreSQL; app and client follow."""
    return database
