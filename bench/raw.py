"""The limit of SQLite itself: the statements of a move recorded once, then run again without anything around them."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from models.database import BUSY_SECONDS, SQLITE_PRAGMAS, database
from models.turns import turn

Statement = tuple[str, tuple[Any, ...]]


@contextmanager
def recorded() -> Iterator[list[Statement]]:
    """Every statement that the models run meanwhile, with its values."""
    statements: list[Statement] = []
    bound: Any = database.obj
    plain: Callable[..., Any] = bound.execute_sql

    def execute_sql(sql: str, params: Any = None) -> Any:
        statements.append((sql, tuple(params or ())))
        return plain(sql, params)

    bound.execute_sql = execute_sql
    try:
        yield statements
    finally:
        del bound.execute_sql


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection set as the product sets its own: a commit is on the disk when it returns."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=BUSY_SECONDS)
    for name, value in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {name} = {value}")
    try:
        yield connection
    finally:
        connection.close()


def copied(source: Path, to: Path) -> Path:
    """A copy of a closed database, with nothing left of an older one."""
    for suffix in ("-wal", "-shm", ".lock"):
        to.with_name(to.name + suffix).unlink(missing_ok=True)
    shutil.copy(source, to)
    return to


def transactions_a_second(path: Path, transactions: list[list[Statement]]) -> float:
    """Run recorded transactions in turn on the database they were recorded on, under the product's lock file."""
    lock = path.with_name(path.name + ".lock")
    with opened(path) as connection:
        began = time.perf_counter()
        for statements in transactions:
            with turn(lock, BUSY_SECONDS):
                connection.execute("BEGIN IMMEDIATE")
                run(connection, statements)
                connection.execute("COMMIT")
        return len(transactions) / (time.perf_counter() - began)


def run(connection: sqlite3.Connection, statements: list[Statement]) -> None:
    """Run statements and read what they answer."""
    for sql, values in statements:
        connection.execute(sql, values).fetchall()
