"""Limits: how often something may be tried, counted in the database, shared by every process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from peewee import IntegerField, TextField

from models import keys
from models.database import BaseModel, InstantField, write_tx
from models.prepared import Prepared


@dataclass(frozen=True)
class Limit:
    """At most `most` counts of `what` for one subject within `window`."""

    what: str
    most: int
    window: timedelta


HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
LOOK_UP_PER_NUMBER = Limit("look-up-number", 5, HOUR)
LOOK_UP_PER_CLIENT = Limit("look-up-client", 20, HOUR)
SIGN_IN_LETTERS_PER_ADDRESS = Limit("sign-in-letter-address", 5, HOUR)
SIGN_IN_LETTERS_PER_CLIENT = Limit("sign-in-letter-client", 20, HOUR)
CODES_PER_ADDRESS = Limit("code-address", 10, HOUR)
CODES_PER_CLIENT = Limit("code-client", 30, HOUR)
CLAIM_CODES = Limit("claim-code", 10, HOUR)
SLOT_LISTS = Limit("slot-list", 60, MINUTE)
VERDICTS = Limit("verdict", 120, MINUTE)
HOLDS = Limit("hold", 20, HOUR)
FEEDBACK = Limit("feedback", 10, HOUR)
RECEIPT_CHECKS = Limit("receipt-check", 30, MINUTE)


class LimitCount(BaseModel):
    """Counts of one subject since its window began. The subject is a digest: no address, no number."""

    what = TextField()
    subject = TextField()
    began_at = InstantField()
    count = IntegerField()

    class Meta:
        indexes = ((("what", "subject"), True),)


def count(limit: Limit, subject: str, now: datetime) -> datetime | None:
    """Count one try; the moment from which to try again when that was one too many, else None."""
    subject_digest = keys.digest("limit", subject)

    def work() -> datetime | None:
        mine = {"what": limit.what, "subject": subject_digest}
        _END_WINDOW.run(**mine, before=now - limit.window)
        _COUNT_ONE.run(**mine, now=now)
        (counted,) = _COUNTED.rows(**mine)
        again_at: datetime = counted.began_at + limit.window
        return again_at if counted.count > limit.most else None

    return write_tx(work)


_END_WINDOW = Prepared(
    lambda what, subject, before: LimitCount.delete().where(
        LimitCount.what == what, LimitCount.subject == subject, LimitCount.began_at <= before
    )
)
_COUNT_ONE = Prepared(
    lambda what, subject, now: LimitCount.insert(
        what=what, subject=subject, began_at=now, count=1
    ).on_conflict(
        conflict_target=[LimitCount.what, LimitCount.subject], update={LimitCount.count: LimitCount.count + 1}
    )
)
_COUNTED = Prepared(
    lambda what, subject: LimitCount.select().where(LimitCount.what == what, LimitCount.subject == subject)
)


def take_back(limit: Limit, subject: str) -> None:
    """Take one count back: the try was right after all, and only misses count."""
    mine = (LimitCount.what == limit.what) & (LimitCount.subject == keys.digest("limit", subject))
    write_tx(
        lambda: LimitCount.update(count=LimitCount.count - 1).where(mine, LimitCount.count > 0).execute()
    )
