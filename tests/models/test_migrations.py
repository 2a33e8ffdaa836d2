"""The numbered steps build exactly the tables that the models declare, and keep what is in them."""

from pathlib import Path

import pytest
from peewee import Database
from playhouse.migrations import Runner
from playhouse.schema_diff import diff_models

from models.audit import AuditHead
from models.database import close_connection, connect, is_postgres, open_connection
from models.offices import Office
from models.schema import MIGRATIONS, TABLES, migrate, pending
from models.verifying import breaches
from tests.models.builders import make_appointment, make_office, make_slot

STEPS = sorted(step.stem for step in MIGRATIONS.glob("[0-9]*.py"))


def declared(path: Path) -> dict[str, str]:
    """What SQLite says of tables made from the models themselves."""
    made = connect(f"sqlite:///{path}")
    open_connection()
    made.create_tables(TABLES)
    try:
        return described(made)
    finally:
        close_connection()


def described(database: Database) -> dict[str, str]:
    rows = database.execute_sql("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    ours = {table._meta.table_name for table in TABLES}
    owners = dict(database.execute_sql("SELECT name, tbl_name FROM sqlite_master").fetchall())
    return {name: sql for name, sql in rows if owners[name] in ours}


def columns_of(database: Database) -> dict[str, list[tuple[str, str, bool, bool]]]:
    tables = (table._meta.table_name for table in TABLES)
    return {
        table: [
            (column.name, column.data_type, column.null, column.primary_key)
            for column in database.get_columns(table)
        ]
        for table in tables
    }


def test_the_steps_build_what_the_models_declare_to_the_letter(database: Database, tmp_path: Path) -> None:
    if is_postgres():
        pytest.skip("about the text that SQLite keeps")
    built = described(database)
    close_connection()
    assert built == declared(tmp_path / "declared.sqlite3")


def test_the_steps_leave_nothing_to_add_or_drop(any_database: Database) -> None:
    diff = diff_models(any_database.obj, TABLES)
    assert not diff, str(diff)


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_columns_are_of_the_declared_kinds_on_postgres_too(database: Database) -> None:
    built = columns_of(database)
    constraints = (
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint ORDER BY 1, 2"
    )
    kept = [row for row in database.execute_sql(constraints).fetchall() if row[0] in built]
    database.drop_tables(TABLES)
    database.create_tables(TABLES)
    assert columns_of(database) == built
    assert [row for row in database.execute_sql(constraints).fetchall() if row[0] in built] == kept


def test_migrating_again_does_nothing_and_keeps_what_is_there(any_database: Database) -> None:
    make_appointment()
    make_slot()
    assert (migrate(), pending(), breaches()) == ([], [], [])
    assert Office.select().count() == 1


def test_the_steps_are_applied_in_order_and_data_survives_each_later_one(tmp_path: Path, secret: str) -> None:
    connect(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    open_connection()
    try:
        assert pending() == STEPS
        runner = Runner(connect_again(tmp_path), str(MIGRATIONS))
        runner.up(STEPS[0])
        assert pending() == STEPS[1:]
        make_office("XNY", name="Łódź 1")
        assert migrate() == STEPS[1:]
        assert (Office.get().name, AuditHead.get().number, breaches()) == ("Łódź 1", 0, [])
    finally:
        close_connection()


def connect_again(folder: Path) -> Database:
    close_connection()
    database = connect(f"sqlite:///{folder / 'new.sqlite3'}")
    open_connection()
    return database


def test_every_table_is_in_the_list_of_tables(database: Database) -> None:
    built = set(database.get_tables())
    known = {table._meta.table_name for table in TABLES}
    assert known <= built
    assert len(built - known) == 1, "the table in which the steps are noted, and no other"
