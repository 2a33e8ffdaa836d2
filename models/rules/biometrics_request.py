"""Biometrics rules that the request decides: where prints are taken, why, the new time, the way in."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.rules import Channel, Confidence, Rule, Verdict
from models.rules.biometrics_appointment import TOOL_LAUNCH
from models.rules.moments import Boundary
from models.rules.parameters import Numbers

if TYPE_CHECKING:  # biometrics.py puts these rows together, so it cannot be imported from here
    from models.rules.biometrics import Facts

PLACE_GUIDANCE = date(2023, 3, 7)
GOOD_CAUSE_GUIDANCE = date(2023, 7, 6)

PLACE = frozenset({"place"})
NEW_SLOT = frozenset({"now", "new_slot_local", "new_slot_time_zone"})


def _other_reason(facts: Facts, numbers: Numbers) -> bool:
    return facts.good_cause is not None and facts.good_cause not in numbers.words("good_causes")


def _slot_taken(facts: Facts, numbers: Numbers) -> bool:
    chosen_and_ahead = facts.new_slot is not None and not facts.new_slot_begun
    return chosen_and_ahead and facts.new_slot_state != "free"


def _new_start(facts: Facts, numbers: Numbers) -> tuple[Boundary, ...]:
    return () if facts.new_slot is None else (Boundary(facts.new_slot),)


ABOUT_THE_PLACE: tuple[Rule[Facts], ...] = (
    Rule(
        slug="held-by-dhs",
        verdict=Verdict.BLOCKED,
        channel=Channel.ICE_ERO,
        hit=lambda facts, numbers: facts.place == "dhs_custody",
        reads=PLACE,
        since=PLACE_GUIDANCE,
        sources=("IACO",),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="collected-abroad",
        verdict=Verdict.BLOCKED,
        channel=Channel.OFFICE_ABROAD,
        hit=lambda facts, numbers: facts.place == "abroad",
        reads=PLACE,
        since=PLACE_GUIDANCE,
        sources=("OMB600", "8 CFR 103.16(b)"),
        confidence=(Confidence.OFFICIAL,),
    ),
    Rule(
        slug="mobile-collection",
        verdict=Verdict.NEEDS_REVIEW,
        channel=Channel.CONTACT_CENTER,
        hit=lambda facts, numbers: facts.place in ("mobile", "homebound"),
        reads=PLACE,
        since=PLACE_GUIDANCE,
        sources=("IACO",),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="held-outside-dhs",
        verdict=Verdict.ALLOWED,
        channel=Channel.CONTACT_CENTER,
        hit=lambda facts, numbers: facts.place == "jail",
        reads=PLACE,
        since=PLACE_GUIDANCE,
        sources=("IACO",),
        confidence=(Confidence.SECONDARY,),
    ),
)

ABOUT_THE_WISH: tuple[Rule[Facts], ...] = (
    Rule(
        slug="no-reason",
        verdict=Verdict.BLOCKED,
        channel=Channel.COMPLETE_FORM,
        hit=lambda facts, numbers: facts.good_cause is None,
        reads=frozenset({"good_cause"}),
        since=GOOD_CAUSE_GUIDANCE,
        sources=("MONDAQ",),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="other-reason",
        verdict=Verdict.NEEDS_REVIEW,
        channel=Channel.OFFICIAL_TOOL,
        hit=_other_reason,
        reads=frozenset({"good_cause"}),
        since=GOOD_CAUSE_GUIDANCE,
        parameters=("good_causes",),
        sources=("EIG",),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="new-slot-passed",
        verdict=Verdict.BLOCKED,
        channel=Channel.CHOOSE_OTHER_SLOT,
        hit=lambda facts, numbers: facts.new_slot_begun,
        reads=NEW_SLOT,
        boundaries=_new_start,
        since=TOOL_LAUNCH,
        sources=("FIRM1",),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="new-slot-unavailable",
        verdict=Verdict.BLOCKED,
        channel=Channel.CHOOSE_OTHER_SLOT,
        hit=_slot_taken,
        reads=NEW_SLOT | {"new_slot_state"},
        boundaries=_new_start,
    ),
    Rule(
        slug="address-changed",
        verdict=Verdict.ALLOWED,
        channel=Channel.REPORT_ADDRESS,
        hit=lambda facts, numbers: facts.address_changed,
        reads=frozenset({"address_changed"}),
        sources=("8 CFR 103.2(b)(13)",),
        confidence=(Confidence.SECONDARY,),
    ),
)

ABOUT_THE_TOOL: tuple[Rule[Facts], ...] = (
    Rule(
        slug="tool-down",
        verdict=Verdict.BLOCKED,
        channel=Channel.CONTACT_CENTER,
        hit=lambda facts, numbers: not facts.tool_available,
        reads=frozenset({"tool_available"}),
        since=TOOL_LAUNCH,
        sources=("GIB",),
        confidence=(Confidence.SECONDARY,),
    ),
    Rule(
        slug="no-online-account",
        verdict=Verdict.BLOCKED,
        channel=Channel.CREATE_ACCOUNT,
        hit=lambda facts, numbers: not facts.online_account,
        reads=frozenset({"online_account"}),
        since=TOOL_LAUNCH,
        sources=("U24",),
        confidence=(Confidence.OFFICIAL,),
    ),
)
