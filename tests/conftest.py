"""What all tests share: the app, the strict client, the clock. Databases and the browser have files of their own."""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from hypothesis import settings
from peewee import Database

from tests.pages import StrictClient

pytest_plugins = ["tests.postgres", "tests.databases", "tests.chromium", "tests.demonstration"]

# Slow machines are no fault of the product.
settings.register_profile("house", deadline=None)
settings.load_profile("house")

# A Wednesday afternoon in winter: no clock changes near, offices open.
A_QUIET_INSTANT = datetime(2026, 1, 14, 19, 0, tzinfo=UTC)


@pytest.fixture(autouse=True, scope="session")
def _no_settings_from_outside() -> None:
    """The settings of whoever runs the tests must not reach them."""
    for name in [name for name in os.environ if name.startswith(("GOODCAUSE_", "FLASK_"))]:
        del os.environ[name]


class Clock:
    """The time of day as everything in this process sees it; it stands still until moved."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self._traveller = traveller

    def set(self, instant: datetime) -> None:
        assert instant.tzinfo, "an instant needs a zone"
        self._traveller.move_to(instant, tick=False)

    def now(self) -> datetime:
        return datetime.now(UTC)


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel(A_QUIET_INSTANT, tick=False) as traveller:
        yield Clock(traveller)


@pytest.fixture
def make_app(database: Database, database_url: str, secret: str, tmp_path: Path) -> Callable[..., Flask]:
    """Builds the app on this test's database, with settings of the test's choice."""

    def make(**settings: Any) -> Flask:
        from app import create_app
        from models.database import close_connection, open_connection

        chosen = {
            "TESTING": True,
            "SECRET_KEY": secret,
            "DATABASE_URL": database_url,
            "INSTANCE": str(tmp_path / "instance"),
            "MAIL_URL": "file:",
            **settings,
        }
        close_connection()  # the app binds the models anew
        built = create_app(**chosen)
        open_connection()
        built.test_client_class = StrictClient
        return built

    return make


@pytest.fixture
def app(make_app: Callable[..., Flask]) -> Flask:
    return make_app()


@pytest.fixture
def client(app: Flask) -> StrictClient:
    """Somebody's browser without JavaScript; a second person is `app.test_client()`."""
    built = app.test_client()
    assert isinstance(built, StrictClient)
    return built
