"""The one database handle: connection, field types, base model and the writing transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

import peewee
from peewee import BigIntegerField, DatabaseProxy, Model, TextField
from playhouse import db_url

from models.turns import turn

T = TypeVar("T")

BUSY_SECONDS = 5
RETRIES = 3
# serialization failure and deadlock: PostgreSQL asks for another try, and nothing was written
RETRY_STATES = {"40001", "40P01"}
BUSY_STATES = {"55P03", "57014", "53100", "53300", "57P01", "57P02", "57P03", "25P03"}

database = DatabaseProxy()
_lock_path: Path | None = None


class Busy(Exception):
    """The database could not take the write now (locked, full or away). Nothing was changed."""


class BaseModel(Model):
    """Every table: singular snake_case name, one database."""

    id: Any

    class Meta:
        database = database
        legacy_table_names = False

    if TYPE_CHECKING:  # rows also carry `<name>_id` of each foreign key and whatever a query adds

        def __getattr__(self, name: str) -> Any: ...


class InstantField(BigIntegerField):
    """A UTC instant, stored as whole seconds since 1970 and read as an aware datetime."""

    def db_value(self, value: datetime | int | None) -> int | None:
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("an instant needs a zone")
            return int(value.timestamp() // 1)
        return value

    def python_value(self, value: int | None) -> datetime | None:
        return None if value is None else datetime.fromtimestamp(value, UTC)


class DayField(TextField):
    """A calendar day, stored as ISO text: the same order and the same bytes on every backend."""

    def db_value(self, value: date | str | None) -> str | None:
        return value.isoformat() if isinstance(value, date) else value

    def python_value(self, value: str | None) -> date | None:
        return None if value is None else date.fromisoformat(value)


class JsonField(TextField):
    """Plain JSON values, written in one canonical form so that equal values are equal text."""

    def db_value(self, value: Any) -> str:
        return canonical(value)

    def python_value(self, value: str | None) -> Any:
        return None if value is None else json.loads(value)


def canonical(value: Any) -> str:
    """JSON text with sorted keys and no spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def connect(url: str) -> peewee.Database:
    """Bind the models to the database that `url` names (`sqlite:///path` or `postgresql://…`); opens nothing yet."""
    global _lock_path
    if urlsplit(url).scheme == "sqlite":
        path = Path(url.removeprefix("sqlite:///"))
        with suppress(OSError):  # opening says it; `judge` needs no database at all
            path.parent.mkdir(parents=True, exist_ok=True)
        chosen: peewee.Database = peewee.SqliteDatabase(
            str(path), pragmas=SQLITE_PRAGMAS, lock_type="IMMEDIATE", timeout=BUSY_SECONDS, autoconnect=False
        )
        _lock_path = path.with_name(path.name + ".lock")
    else:
        chosen = db_url.connect(url, autoconnect=False)
        _lock_path = None
    database.initialize(chosen)
    return chosen


SQLITE_PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", "full"),  # a receipt is a promise: it must survive a power cut
    ("foreign_keys", 1),
    ("secure_delete", 1),
    ("trusted_schema", 0),
    ("temp_store", "memory"),
)


POSTGRES_SETTINGS = (
    "SET lock_timeout = '3s'; SET statement_timeout = '10s'; SET idle_in_transaction_session_timeout = '30s'"
)


def is_postgres() -> bool:
    """Whether the rows live in PostgreSQL (else SQLite)."""
    return isinstance(database.obj, peewee.PostgresqlDatabase)


def open_connection() -> None:
    """Open this thread's connection, or keep the one that is open."""
    if database.is_closed():
        try:
            database.connect()
        except peewee.PeeweeException as problem:
            raise Busy from problem
        if is_postgres():
            database.execute_sql(POSTGRES_SETTINGS)


def close_connection() -> None:
    """Close this thread's connection, if it is open."""
    if not database.is_closed():
        database.close()


def rows_of(query: Any) -> list[tuple[Any, ...]]:
    """The plain rows of a query that names its columns."""
    return [tuple(row) for row in query.tuples()]


def for_update(query: Any) -> Any:
    """Lock the rows a query reads, where the backend locks rows (SQLite has one writer anyway)."""
    return query.for_update() if is_postgres() else query


def write_tx(work: Callable[[], T]) -> T:
    """Run `work` in the writing transaction and commit; all of it happens or nothing.

    `work` may run again after a serialization failure, so it must do nothing but read and write rows.
    Refuses to nest (RuntimeError). Raises Busy when the database is locked, full or away.
    """
    if database.in_transaction():
        raise RuntimeError("write_tx() does not nest: the outermost function opens it")
    for attempt in range(RETRIES):
        try:
            with _one_writer(), _transaction("IMMEDIATE", "READ COMMITTED"):
                return work()
        except peewee.PeeweeException as problem:
            if _state(problem) in RETRY_STATES and attempt + 1 < RETRIES:
                continue
            if not is_busy(problem):
                raise
            close_connection()
            raise Busy from problem
    raise Busy


def read_tx(work: Callable[[], T]) -> T:
    """Run `work`, which only reads, on the rows as they stand at one moment; writers do not wait for it."""
    with _transaction("DEFERRED", "REPEATABLE READ"):
        return work()


def _transaction(on_sqlite: str, on_postgres: str) -> Any:
    """A transaction of the named kind; each backend names its own."""
    return database.atomic(on_postgres if is_postgres() else on_sqlite)


@contextmanager
def _one_writer() -> Iterator[None]:
    """Queue for SQLite's single writer in the kernel: its own back-off starves newcomers.

    The wait counts against the same five seconds, so a queue behind a stuck writer empties at once.
    """
    with ExitStack() as stack:
        try:
            left = stack.enter_context(turn(_lock_path, BUSY_SECONDS))
        except OSError as problem:  # no turn in time, or no room for the lock file
            raise Busy from problem
        shortened = BUSY_SECONDS - left > 0.1
        if shortened:
            _wait_at_most(left)
        try:
            yield
        finally:
            if shortened and not database.is_closed():
                _wait_at_most(BUSY_SECONDS)


def _wait_at_most(seconds: float) -> None:
    database.execute_sql(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def _state(problem: BaseException) -> str | None:
    """The SQLSTATE of a PostgreSQL problem, looked for along the chain of causes."""
    return next((state for link in chain_of(problem) if (state := getattr(link, "sqlstate", None))), None)


def is_busy(problem: BaseException) -> bool:
    """Locked, full or gone: worth another try later, and nothing was written."""
    state = _state(problem)
    if state:
        return state in BUSY_STATES | RETRY_STATES or state.startswith("08")
    if isinstance(problem, (peewee.IntegrityError, peewee.DataError, peewee.ProgrammingError)):
        return False
    words = " ".join(str(link).lower() for link in chain_of(problem))
    return any(
        sign in words
        for sign in (
            "locked",
            "disk is full",
            "disk i/o",
            "readonly",
            "unable to open",
            "connection",
            "closed",
        )
    )


def chain_of(problem: BaseException | None) -> Iterator[BaseException]:
    """A problem and what it came from, the latest first."""
    while problem is not None:
        yield problem
        problem = problem.__cause__ or problem.__context__
