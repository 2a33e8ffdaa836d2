"""The facts of a biometrics appointment, and the system that judges them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Annotated, ClassVar, Literal
from zoneinfo import ZoneInfo

from models.rules import System
from models.rules.acting import acting_rules
from models.rules.biometrics_appointment import (
    ABOUT_THE_FORM,
    ABOUT_THE_STATE,
    ABOUT_THE_TIME,
    TOOL_LAUNCH,
)
from models.rules.biometrics_request import ABOUT_THE_PLACE, ABOUT_THE_TOOL, ABOUT_THE_WISH
from models.rules.calendars import AGENCY_ZONE, instant
from models.rules.facts import Count, LocalTime, WallTimeOf
from models.rules.moments import Moment


@dataclass(frozen=True, kw_only=True)
class Facts(Moment):
    """Names, meanings and defaults: rules/facts.md section 1. Nothing may be left out."""

    together: ClassVar[tuple[tuple[str, ...], ...]] = (
        ("new_slot_local", "new_slot_time_zone", "new_slot_state"),
    )

    starts_local: LocalTime
    status: Literal["scheduled", "completed", "cancelled"]
    denied_as_abandoned: bool
    identity_matched: bool
    online_account: bool
    tool_available: bool
    form: str
    eligibility_category: str | None
    scheduled_on: date
    moves_by_requestor: Count
    moves_by_office: Count
    place: Literal["asc", "mobile", "homebound", "dhs_custody", "jail", "abroad"]
    actor_role: str
    authority_on_file: bool
    date_of_birth: date
    incapable: bool
    good_cause: str | None
    new_slot_local: Annotated[datetime, WallTimeOf("new_slot_time_zone")] | None
    new_slot_time_zone: ZoneInfo | None
    new_slot_state: Literal["free", "full", "held", "closed"] | None
    address_changed: bool

    @cached_property
    def start(self) -> datetime:
        """When the appointment begins."""
        return instant(self.starts_local, self.office_time_zone)

    @property
    def started(self) -> bool:
        """Whether it has begun."""
        return self.now >= self.start

    @property
    def notice(self) -> timedelta:
        """Time left before the start, as it really passes (not by the clock on the wall)."""
        return self.start - self.now

    @cached_property
    def new_slot(self) -> datetime | None:
        """When the wished time begins, None when none is chosen."""
        if self.new_slot_local is None or self.new_slot_time_zone is None:
            return None
        return instant(self.new_slot_local, self.new_slot_time_zone)

    @property
    def new_slot_begun(self) -> bool:
        """Whether the wished time has begun."""
        return self.new_slot is not None and self.new_slot <= self.now


SYSTEM = System(
    name="biometrics",
    facts=Facts,
    rules=(
        *ABOUT_THE_STATE,
        *ABOUT_THE_TIME,
        *ABOUT_THE_FORM,
        *ABOUT_THE_PLACE,
        *ABOUT_THE_WISH,
        *ABOUT_THE_TOOL,
        *acting_rules(since=TOOL_LAUNCH),
    ),
    alone=("identity-not-matched", "already-attended", "already-cancelled"),
    zone_of_dates=lambda facts: AGENCY_ZONE,
)
