"""The databases that tests get: migrated, empty, each test's own, and as durable as in production."""

import pytest
from peewee import Database

from models.database import is_postgres
from models.limits import LimitCount
from models.schema import TABLES, pending


def test_a_test_gets_a_migrated_and_empty_database(any_database: Database) -> None:
    assert pending() == []
    assert set(any_database.get_tables()) >= {table._meta.table_name for table in TABLES}


@pytest.mark.parametrize("_once_more", range(2))
def test_nothing_is_left_of_another_test(any_database: Database, _once_more: int) -> None:
    assert LimitCount.select().count() == 0
    any_database.execute_sql("CREATE TABLE left_behind (id INTEGER)")


def test_a_commit_survives_a_power_cut(any_database: Database) -> None:
    if is_postgres():
        settings = [
            any_database.execute_sql(f"SHOW {name}").fetchone()[0] for name in ("fsync", "synchronous_commit")
        ]
        assert settings == ["on", "on"]
    else:
        assert any_database.execute_sql("PRAGMA synchronous").fetchone()[0] == 2
