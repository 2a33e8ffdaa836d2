"""Boring facts of a biometrics appointment nine days ahead; a test changes only what it is about."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from models.rules.biometrics import Facts

NEW_YORK = ZoneInfo("America/New_York")
PLAIN = Facts(
    now=datetime(2024, 7, 1, 13, tzinfo=UTC),
    office_time_zone=NEW_YORK,
    starts_local=datetime(2024, 7, 10, 9),  # noqa: DTZ001 - a wall time at the office
    status="scheduled",
    denied_as_abandoned=False,
    identity_matched=True,
    online_account=True,
    tool_available=True,
    form="I-485",
    eligibility_category=None,
    scheduled_on=date(2024, 6, 20),
    moves_by_requestor=0,
    moves_by_office=0,
    place="asc",
    actor_role="self",
    authority_on_file=False,
    date_of_birth=date(1990, 5, 15),
    incapable=False,
    good_cause="illness_or_medical",
    new_slot_local=None,
    new_slot_time_zone=None,
    new_slot_state=None,
    address_changed=False,
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)
