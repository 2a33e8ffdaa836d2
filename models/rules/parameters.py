"""The numbers of the rules, each with the days on which it is in force."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Value = int | date | frozenset[str]


@dataclass(frozen=True)
class Parameter:
    """One value from its first to its last day (both included; None = no end on that side)."""

    name: str
    value: Value
    since: date | None = None
    until: date | None = None
    source: str = ""

    def covers(self, day: date) -> bool:
        """Whether the row counts on a day, both its first and its last included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Numbers:
    """The parameters as they stand on one day."""

    def __init__(self, values: Mapping[str, Value]) -> None:
        self.values = dict(values)

    def count(self, name: str) -> int:
        """A parameter that is a whole number."""
        value = self.values[name]
        assert isinstance(value, int), name
        return value

    def day(self, name: str) -> date:
        """A parameter that is a day."""
        value = self.values[name]
        assert isinstance(value, date), name
        return value

    def words(self, name: str) -> frozenset[str]:
        """A parameter that is a set of words."""
        value = self.values[name]
        assert isinstance(value, frozenset), name
        return value


class Parameters:
    """Rows with days in force; of two rows that cover a day, the later one in the list wins.

    An office that changes a number appends its own row: `Parameters(SHIPPED.rows + (Parameter(...),))`.
    """

    def __init__(self, rows: Iterable[Parameter]) -> None:
        self.rows = tuple(rows)
        self.changes = _days_of_change(self.rows)
        self.version = _version(self.rows)
        first_days = (date.min, *self.changes)
        self._eras = [
            Numbers({row.name: row.value for row in self.rows if row.covers(day)}) for day in first_days
        ]

    def on(self, day: date) -> Numbers:
        """The parameters of a day."""
        return self._eras[bisect_right(self.changes, day)]


def _days_of_change(rows: tuple[Parameter, ...]) -> tuple[date, ...]:
    begins = {row.since for row in rows if row.since}
    ends = {row.until + timedelta(days=1) for row in rows if row.until}
    return tuple(sorted(begins | ends))


def _version(rows: tuple[Parameter, ...]) -> str:
    """Made from the content, so that nobody can change a number and forget the version."""
    told = [(row.name, _plain(row.value), str(row.since), str(row.until)) for row in rows]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:12]


def _plain(value: Value) -> str:
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)


ADOPTION_FORMS = frozenset({"I-600", "I-600A", "I-800", "I-800A"})
OTHER_LISTED_FORMS = frozenset(
    """I-129CW I-131 I-485 I-589 I-601A I-687 I-698 I-751 I-765 I-817 I-821 I-821D I-829 I-881 I-90
    I-914 I-914A I-918 I-918A I-929 I-941 I-956H N-400""".split()
)
GOOD_CAUSES = frozenset(
    """illness_or_medical planned_travel life_event transportation caregiver_or_work
    late_or_missing_notice""".split()
)

SHIPPED = Parameters(
    (
        Parameter("notice_hours", 12, source="U24"),
        Parameter("max_moves", 2, source="U24"),
        Parameter("adoption_forms", ADOPTION_FORMS, source="U24"),
        Parameter("adoption_opening", date(2024, 5, 29), source="U24"),
        Parameter("listed_forms", ADOPTION_FORMS | OTHER_LISTED_FORMS, source="U24"),
        Parameter("good_causes", GOOD_CAUSES, source="EIG"),
        Parameter("child_act_age", 14, source="8 CFR 103.2(a)(2)"),
    )
)
