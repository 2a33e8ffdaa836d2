"""The writing transaction: all or nothing, never nested, and an honest "busy" instead of a wait without end."""

import fcntl
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee
import pytest
from peewee import Database

from models import database as house
from models.database import Busy, close_connection, connect, is_postgres, open_connection, read_tx, write_tx
from models.feedback import Feedback
from models.offices import Office
from tests.models.at_once import at_once, meanwhile
from tests.models.builders import NOW, make_office


def write(words: str = "") -> Feedback:
    return Feedback.create(page="/", helpful=True, words=words, made_at=NOW)


@pytest.fixture
def sqlite(database: Database, database_url: str) -> Path:
    if is_postgres():
        pytest.skip("about SQLite's file")
    return Path(database_url.removeprefix("sqlite:///"))


@pytest.fixture
def impatient(sqlite: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As in the product, with a third of a second in place of five."""
    monkeypatch.setattr(house, "BUSY_SECONDS", 0.3)
    close_connection()
    connect(database_url)
    open_connection()
    return sqlite


@contextmanager
def locked_by_somebody(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        yield
    finally:
        other.close()


def test_a_problem_undoes_everything(any_database: Database) -> None:
    def work() -> None:
        write()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_tx(work)
    assert Feedback.select().count() == 0
    write_tx(write)
    assert Feedback.select().count() == 1


def test_it_does_not_nest(any_database: Database) -> None:
    with pytest.raises(RuntimeError, match="does not nest"):
        write_tx(lambda: write_tx(write))
    with any_database.atomic(), pytest.raises(RuntimeError, match="does not nest"):
        write_tx(write)
    assert Feedback.select().count() == 0


def test_a_broken_constraint_is_a_fault_of_ours_and_not_busy(any_database: Database) -> None:
    make_office("XNY")
    with pytest.raises(peewee.IntegrityError):
        write_tx(lambda: make_office("XNY"))
    assert write_tx(Office.select().count) == 1


def test_a_locked_file_answers_busy_to_everybody_and_goes_on_afterwards(impatient: Path) -> None:
    with locked_by_somebody(impatient):
        answers = at_once([lambda: write_tx(write)] * 6)
        assert Feedback.select().count() == 0  # reading goes on
    assert {type(answer) for answer in answers} == {Busy}
    write_tx(write)
    assert Feedback.select().count() == 1


def test_a_queue_that_does_not_move_answers_busy_and_those_who_left_do_not_block_it(impatient: Path) -> None:
    lock = impatient.with_name(impatient.name + ".lock").open("w")
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answers = at_once([lambda: write_tx(write)] * 6)
    assert {type(answer) for answer in answers} == {Busy}
    results = at_once([lambda: write_tx(write)] * 6)
    assert {type(result) for result in results} == {Feedback}


def test_after_a_wait_in_the_queue_the_usual_patience_is_back(impatient: Path) -> None:
    at_once([lambda: write_tx(write)] * 6)
    assert house.database.execute_sql("PRAGMA busy_timeout").fetchone()[0] == 300


def test_a_folder_that_cannot_be_written_answers_busy(
    impatient: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house, "_lock_path", impatient / "no folder" / "lock")
    with pytest.raises(Busy):
        write_tx(write)


def test_a_disk_that_is_full_in_the_middle_of_the_work_answers_busy(sqlite: Path) -> None:
    pages = house.database.execute_sql("PRAGMA page_count").fetchone()[0]
    house.database.execute_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(Busy):
        write_tx(lambda: write("x" * 200_000))
    open_connection()
    write_tx(write)
    assert Feedback.select().count() == 1


def test_a_disk_that_is_full_at_the_commit_answers_busy(sqlite: Path) -> None:
    write_tx(write)
    log = sqlite.with_name(sqlite.name + "-wal")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 100, hard))
    try:
        with pytest.raises(Busy):
            write_tx(lambda: write("x" * 20_000))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    open_connection()
    assert Feedback.select().count() == 1
    write_tx(write)
    assert Feedback.select().count() == 2


@pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
class TestPostgres:
    @pytest.fixture(autouse=True)
    def _on_postgres(self, database: Database) -> None:
        assert is_postgres()

    @staticmethod
    def trip(state: str, times: int) -> Callable[[], int]:
        """Work that fails with a SQLSTATE as often as said; returns how often it ran."""
        runs = []

        def work() -> int:
            runs.append(write())
            if len(runs) <= times:
                house.database.execute_sql(f"DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{state}'; END $$")
            return len(runs)

        return work

    @pytest.mark.parametrize("state", ["40001", "40P01"])
    def test_what_postgres_asks_to_try_again_is_tried_again(self, state: str) -> None:
        assert write_tx(self.trip(state, 2)) == 3
        assert Feedback.select().count() == 1

    @pytest.mark.parametrize(("state", "times"), [("40001", 3), ("55P03", 1), ("53100", 1), ("08006", 1)])
    def test_what_does_not_pass_is_busy_and_nothing_is_written(self, state: str, times: int) -> None:
        with pytest.raises(Busy):
            write_tx(self.trip(state, times))
        open_connection()
        assert Feedback.select().count() == 0

    def test_another_problem_is_not_busy(self) -> None:
        with pytest.raises(peewee.PeeweeException):
            write_tx(self.trip("22012", 1))

    def test_a_row_that_stays_locked_is_busy(self) -> None:
        office = make_office()
        house.database.execute_sql("SET lock_timeout = '100ms'")

        def stuck() -> None:
            Office.update(city="A").where(Office.id == office.id).execute()
            (answer,) = at_once([impatiently])
            assert isinstance(answer, Busy)

        def impatiently() -> None:
            house.database.execute_sql("SET lock_timeout = '100ms'")
            write_tx(lambda: Office.update(city="B").where(Office.id == office.id).execute())

        write_tx(stuck)
        assert Office.get().city == "A"

    def test_a_connection_that_was_cut_is_busy_and_the_next_one_works(self) -> None:
        with pytest.raises(Busy):
            write_tx(lambda: house.database.execute_sql("SELECT pg_terminate_backend(pg_backend_pid())"))
        open_connection()
        write_tx(write)
        assert Feedback.select().count() == 1

    def test_waits_are_bounded_by_the_server(self) -> None:
        settings = ("lock_timeout", "statement_timeout", "idle_in_transaction_session_timeout")
        shown = [house.database.execute_sql(f"SHOW {name}").fetchone()[0] for name in settings]
        assert shown == ["3s", "10s", "30s"]

    def test_the_newest_rows_are_read_under_the_lock_whatever_the_server_prefers(self) -> None:
        house.database.execute_sql("SET default_transaction_isolation = 'serializable'")
        level = write_tx(lambda: house.database.execute_sql("SHOW transaction_isolation").fetchone()[0])
        assert level == "read committed"


def test_reading_at_one_moment_does_not_see_what_commits_meanwhile(any_database: Database) -> None:
    def work() -> list[int]:
        before = Feedback.select().count()
        meanwhile(lambda: write_tx(write))
        return [before, Feedback.select().count()]

    assert read_tx(work) == [0, 0]
    assert Feedback.select().count() == 1
