"""What readers said about a page. No account, no address: only the words they chose to leave."""

from __future__ import annotations

from datetime import datetime

from peewee import BooleanField, TextField

from models.database import BaseModel, InstantField, write_tx

MOST_LETTERS = 2000


class Feedback(BaseModel):
    """One answer to "Was this page helpful?"."""

    page = TextField()
    helpful = BooleanField()
    words = TextField(default="")
    language = TextField(default="en")
    made_at = InstantField()


def leave(page: str, helpful: bool, words: str, language: str, now: datetime) -> Feedback:
    """Keep an answer for the desk to read."""
    made: Feedback = write_tx(
        lambda: Feedback.create(page=page, helpful=helpful, words=words, language=language, made_at=now)
    )
    return made
