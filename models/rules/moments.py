"""What the facts of every system share, and the instants at which an answer changes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import ClassVar
from zoneinfo import ZoneInfo

JUST_AFTER = timedelta(microseconds=1)  # the finest step of a datetime


@dataclass(frozen=True, order=True)
class Boundary:
    """An instant at which a rule's answer changes: at it, or (`after`) just after it."""

    at: datetime
    after: bool = False

    @property
    def first_moment(self) -> datetime:
        """The first moment on the far side."""
        return self.at + JUST_AFTER if self.after else self.at


@dataclass(frozen=True, kw_only=True)
class Moment:
    """An instant, seen from an office. `together`: groups of facts that are null all or none."""

    together: ClassVar[tuple[tuple[str, ...], ...]] = ()

    now: datetime
    office_time_zone: ZoneInfo

    @cached_property
    def today(self) -> date:
        """The calendar day at the office."""
        return self.now.astimezone(self.office_time_zone).date()
