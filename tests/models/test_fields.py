"""What is written is read back the same: instants, days and plain values."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from peewee import Database

from models.cases import Case
from models.feedback import Feedback
from models.limits import LimitCount
from models.receipts import Receipt
from models.slots import Slot
from tests.models.builders import NOW, make_appointment, make_case, make_slot


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (datetime(2026, 1, 1, 0, 0, 0, 999_999, UTC), 1767225600),
        (datetime(1969, 12, 31, 23, 59, 59, 500_000, UTC), -1),
        (datetime(2026, 1, 1, 1, tzinfo=timezone(timedelta(hours=1))), 1767225600),
        (datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC), 253402300799),
    ],
)
def test_an_instant_is_kept_as_the_second_it_lies_in(
    any_database: Database, value: datetime, stored: int
) -> None:
    made = Feedback.create(page="/", helpful=True, made_at=value)
    assert any_database.execute_sql("SELECT made_at FROM feedback").fetchone()[0] == stored
    read = Feedback.get_by_id(made.id).made_at
    assert (read.timestamp(), read.utcoffset()) == (stored, timedelta(0))


def test_an_instant_without_a_zone_is_refused(any_database: Database) -> None:
    with pytest.raises(ValueError, match="zone"):
        LimitCount.create(what="", subject="", count=1, began_at=datetime(2026, 1, 1))  # noqa: DTZ001 - on purpose


@pytest.mark.parametrize(
    ("model", "row"),
    [(Slot, make_slot), (Case, make_case), (Receipt, None)],
)
def test_what_is_written_is_read_back_the_same(any_database: Database, model: Any, row: Any) -> None:
    if row is None:
        body = {"old": {"office": 1, "local": "2026-01-01T09:00"}, "names": ["Łęcki", "حداد"], "none": None}
        appointment = make_appointment()
        made = Receipt.create(
            code="GC-1", appointment=appointment, key="k", content="", system="biometrics", result="moved",
            verdict="allowed", rules=["b", "a"], facts={}, parameters="1", body=body, made_at=NOW,
        )  # fmt: skip
        assert (Receipt.get().body, Receipt.get().rules) == (body, ["b", "a"])
        assert made.id
        return
    made = row()
    read = model.get_by_id(made.id)
    assert {name: getattr(read, name) for name in read.__data__} == {
        name: getattr(made, name) for name in read.__data__
    }
    if model is Slot:
        assert isinstance(read.day, date)
