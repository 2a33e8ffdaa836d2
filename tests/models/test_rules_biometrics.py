"""Every biometrics rule from both sides of its boundary."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models.rules import evaluate
from models.rules.biometrics import SYSTEM
from tests.models.plain_facts import PLAIN, at


def slot(start: str, state: str = "free", zone: str = "America/New_York") -> dict[str, Any]:
    return {"new_slot_local": at(start), "new_slot_time_zone": ZoneInfo(zone), "new_slot_state": state}


def rules(**changed: Any) -> tuple[str, ...]:
    return evaluate(SYSTEM, replace(PLAIN, **changed)).rules


A_PARENT = {"actor_role": "parent", "date_of_birth": date(2010, 7, 2)}
BORN_ON_LEAP_DAY = {
    "actor_role": "guardian",
    "date_of_birth": date(2012, 2, 29),
    "starts_local": at("2026-04-01T09:00"),
}
ADOPTION = {"form": "I-800A", "starts_local": at("2024-08-01T09:00")}

BOUNDARIES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    # rule, facts just outside it, facts just inside it
    (
        "before-tool-launch",
        {"now": at("2023-06-28T00:00-04:00")},
        {"now": at("2023-06-27T23:59:59.999999-04:00")},
    ),
    ("identity-not-matched", {"identity_matched": True}, {"identity_matched": False}),
    ("already-attended", {"status": "scheduled"}, {"status": "completed"}),
    ("already-cancelled", {"status": "scheduled"}, {"status": "cancelled"}),
    ("untimely", {"now": at("2024-07-10T08:59:59.999999-04:00")}, {"now": at("2024-07-10T09:00-04:00")}),
    (
        "denied-as-abandoned",
        {"now": at("2024-07-10T08:59:59-04:00"), "denied_as_abandoned": True},
        {"now": at("2024-07-10T09:00-04:00"), "denied_as_abandoned": True},
    ),
    (
        "within-twelve-hours",
        {"now": at("2024-07-09T21:00-04:00")},
        {"now": at("2024-07-09T21:00:00.000001-04:00")},
    ),
    ("within-twelve-hours", {"now": at("2024-07-10T09:00-04:00")}, {"now": at("2024-07-10T08:59:59-04:00")}),
    ("moved-twice", {"moves_by_requestor": 1}, {"moves_by_requestor": 2}),
    ("moved-twice-by-office", {"moves_by_office": 1}, {"moves_by_office": 2}),
    (
        "moved-twice-by-office",
        {"moves_by_requestor": 2, "moves_by_office": 1},
        {"moves_by_requestor": 1, "moves_by_office": 1},
    ),
    (
        "adoption-form-not-open-yet",
        ADOPTION | {"now": at("2024-05-29T00:00-04:00")},
        ADOPTION | {"now": at("2024-05-28T23:59:59-04:00")},
    ),
    (
        "adoption-form-not-open-yet",
        ADOPTION | {"now": at("2023-06-27T23:59:59-04:00")},
        ADOPTION | {"now": at("2023-06-28T00:00-04:00")},
    ),
    (
        "set-before-adoption-opening",
        ADOPTION | {"scheduled_on": date(2024, 5, 29)},
        ADOPTION | {"scheduled_on": date(2024, 5, 28)},
    ),
    (
        "set-before-adoption-opening",
        {"scheduled_on": date(2024, 5, 28)},
        ADOPTION | {"scheduled_on": date(2024, 5, 28)},
    ),
    ("form-not-listed", {"form": "I-800A"}, {"form": "I-800A-SUPP-1"}),
    ("held-by-dhs", {"place": "jail"}, {"place": "dhs_custody"}),
    (
        "held-by-dhs",
        {"place": "dhs_custody", "now": at("2023-03-06T23:59-05:00")},
        {"place": "dhs_custody", "now": at("2023-03-07T00:00-05:00")},
    ),
    ("collected-abroad", {"place": "asc"}, {"place": "abroad"}),
    ("mobile-collection", {"place": "asc"}, {"place": "mobile"}),
    ("mobile-collection", {"place": "abroad"}, {"place": "homebound"}),
    ("held-outside-dhs", {"place": "dhs_custody"}, {"place": "jail"}),
    ("no-reason", {"good_cause": "other"}, {"good_cause": None}),
    (
        "no-reason",
        {"good_cause": None, "now": at("2023-07-05T23:59:59-04:00")},
        {"good_cause": None, "now": at("2023-07-06T00:00-04:00")},
    ),
    ("other-reason", {"good_cause": "late_or_missing_notice"}, {"good_cause": "my own words"}),
    ("other-reason", {"good_cause": None}, {"good_cause": "other"}),
    ("new-slot-passed", slot("2024-07-01T09:00:01"), slot("2024-07-01T09:00")),
    (
        "new-slot-passed",
        slot("2024-07-01T09:00", zone="America/Chicago"),
        slot("2024-07-01T08:00", zone="America/Chicago"),
    ),
    ("new-slot-unavailable", slot("2024-07-02T09:00"), slot("2024-07-02T09:00", "held")),
    ("new-slot-unavailable", slot("2024-07-01T09:00", "closed"), slot("2024-07-01T09:00:01", "closed")),
    (
        "asylum-clock",
        {"form": "I-765", "eligibility_category": "c9"},
        {"form": "I-765", "eligibility_category": "c8"},
    ),
    ("asylum-clock", {"form": "I-485", "eligibility_category": "c8"}, {"form": "I-589"}),
    ("address-changed", {"address_changed": False}, {"address_changed": True}),
    ("tool-down", {"tool_available": True}, {"tool_available": False}),
    ("no-online-account", {"online_account": True}, {"online_account": False}),
    (
        "authority-not-on-file",
        {"actor_role": "attorney", "authority_on_file": True},
        {"actor_role": "attorney"},
    ),
    ("authority-not-on-file", {"actor_role": "self"}, {"actor_role": "accredited_representative"}),
    ("role-not-authorised", {"actor_role": "guardian", "incapable": True}, {"actor_role": "preparer"}),
    ("role-not-authorised", {"actor_role": "firm_staff"}, {"actor_role": "somebody else"}),
    ("staff-draft-unconfirmed", {"actor_role": "self"}, {"actor_role": "firm_staff"}),
    (
        "child-not-under-fourteen",
        A_PARENT | {"now": at("2024-07-01T23:59:59-04:00")},
        A_PARENT | {"now": at("2024-07-02T00:00-04:00")},
    ),
    (
        "child-not-under-fourteen",
        BORN_ON_LEAP_DAY | {"now": at("2026-02-28T23:59:59-05:00")},
        BORN_ON_LEAP_DAY | {"now": at("2026-03-01T00:00-05:00")},
    ),
    ("child-not-under-fourteen", {"actor_role": "parent", "incapable": True}, {"actor_role": "parent"}),
]


@pytest.mark.parametrize(("slug", "outside", "inside"), BOUNDARIES)
def test_a_rule_hits_on_its_side_of_the_boundary_only(
    slug: str, outside: dict[str, Any], inside: dict[str, Any]
) -> None:
    assert slug not in rules(**outside)
    assert slug in rules(**inside)


def test_every_rule_stands_in_the_table_of_boundaries() -> None:
    assert {slug for slug, _, _ in BOUNDARIES} == {rule.slug for rule in SYSTEM.rules}


def test_nothing_is_told_to_a_stranger() -> None:
    told = evaluate(SYSTEM, replace(PLAIN, identity_matched=False, status="completed", tool_available=False))
    assert (told.rules, told.flips_at, told.looked_at) == (
        ("identity-not-matched",),
        None,
        ("identity_matched",),
    )


@pytest.mark.parametrize(
    ("zone", "starts", "last_moment"),
    [
        ("America/New_York", "2024-03-10T10:00", "2024-03-09T21:00:00-05:00"),
        ("America/New_York", "2024-11-03T10:00", "2024-11-02T23:00:00-04:00"),
        ("America/Phoenix", "2024-03-10T10:00", "2024-03-09T22:00:00-07:00"),
        ("Pacific/Guam", "2024-03-10T10:00", "2024-03-09T22:00:00+10:00"),
    ],
)
def test_twelve_hours_are_counted_as_they_pass(zone: str, starts: str, last_moment: str) -> None:
    facts = replace(
        PLAIN, now=at("2024-02-01T12:00+00:00"), office_time_zone=ZoneInfo(zone), starts_local=at(starts)
    )
    flips_at = evaluate(SYSTEM, facts).flips_at
    assert flips_at is not None
    assert flips_at.isoformat() == last_moment
