"""What every command on the data needs first: an open, up-to-date database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from models import schema
from models.database import Busy, close_connection, database, open_connection


@contextmanager
def data_ready() -> Iterator[None]:
    """Open the database for a command; says in words what is in the way and ends with exit code 1."""
    was_closed = database.is_closed()
    try:
        open_connection()
        if schema.pending():
            raise click.ClickException("The database is not up to date. Run: flask --app app migrate")
        yield
    except Busy as busy:
        raise click.ClickException(
            "The database is busy. Nothing was changed. Try again in a moment."
        ) from busy
    finally:
        if was_closed:
            close_connection()
