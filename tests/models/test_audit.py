"""The chain of events: whatever is changed in it shows, and where."""

from collections.abc import Callable

import pytest
from peewee import Database

from models import audit, keys
from models.audit import AuditEvent, AuditHead
from models.database import write_tx
from tests.models.builders import NOW, SECOND

ENDS_AT = "audit: the chain ends at event {}, not where its head says"


@pytest.fixture(autouse=True)
def _five_events(database: Database) -> None:
    for number in range(1, 6):
        write_tx(
            lambda number=number: audit.record(
                "receipt", "appointment:1", NOW, 7, code=f"GC-{number}", ok=True
            )
        )


def breaches() -> list[str]:
    return list(audit.breaches())


def at(number: int) -> object:
    return AuditEvent.number == number


def change(**values: object) -> Callable[[], object]:
    return lambda: AuditEvent.update(values).where(at(3)).execute()


def swap() -> None:
    for number, other in ((3, 9), (4, 3), (9, 4)):
        AuditEvent.update(number=other).where(at(number)).execute()


def insert() -> None:
    AuditEvent.update(number=AuditEvent.number + 10).where(AuditEvent.number > 3).execute()
    AuditEvent.create(**{**AuditEvent.get(at(3)).__data__, "id": None, "number": 4})
    AuditEvent.update(number=AuditEvent.number - 9).where(AuditEvent.number > 10).execute()


def test_an_untouched_chain_has_no_breach() -> None:
    assert breaches() == []


@pytest.mark.parametrize(
    ("tamper", "breach"),
    [
        (change(what="something else"), "audit: event 3 was changed"),
        (change(about="appointment:2"), "audit: event 3 was changed"),
        (change(made_at=NOW + SECOND), "audit: event 3 was changed"),
        (change(account_id=8), "audit: event 3 was changed"),
        (change(account_id=None), "audit: event 3 was changed"),
        (change(body={"code": "GC-3"}), "audit: event 3 was changed"),
        (change(previous="0" * 64), "audit: event 3 was changed"),
        (change(signature="0" * 64), "audit: event 3 was changed"),
        (lambda: AuditEvent.delete().where(at(3)).execute(), "audit: event 3 is missing"),
        (lambda: AuditEvent.delete().where(at(1)).execute(), "audit: event 1 is missing"),
        (lambda: AuditEvent.delete().execute(), ENDS_AT.format(0)),
        (lambda: AuditEvent.delete().where(at(5)).execute(), ENDS_AT.format(4)),
        (lambda: AuditHead.delete().execute(), ENDS_AT.format(5)),
        (swap, "audit: event 3 was changed"),
        (insert, "audit: event 4 was changed"),
    ],
)  # fmt: skip
def test_each_way_to_tamper_is_named(tamper: Callable[[], object], breach: str) -> None:
    tamper()
    assert breaches() == [breach]


def test_a_chain_signed_anew_with_another_key_is_noticed(secret: str) -> None:
    keys.use("another key")
    try:
        assert breaches() == ["audit: event 1 was changed"]
    finally:
        keys.use(secret)


def test_an_event_of_an_undone_change_leaves_no_gap() -> None:
    def work() -> None:
        audit.record("receipt", "appointment:1", NOW)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_tx(work)
    event = write_tx(
        lambda: audit.record("receipt", "appointment:1", NOW + SECOND * 0.7, what_else=["Łęcki", None])
    )
    assert (event.number, breaches()) == (6, [])
