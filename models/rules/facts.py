"""Plain JSON values into typed facts, strictly: what is missing, unknown or of another kind is a fault."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from models.rules import System
from models.rules.calendars import wall_time_trouble
from models.rules.moments import Moment

F = TypeVar("F", bound=Moment)


@dataclass(frozen=True)
class WallTimeOf:
    """Marks a wall time and names the fact that holds its zone."""

    zone: str


@dataclass(frozen=True)
class WholeNumber:
    """Marks a count: a whole number, 0 or more."""


LocalTime = Annotated[datetime, WallTimeOf("office_time_zone")]
Count = Annotated[int, WholeNumber()]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one fact: a code, and what would be right where that helps."""

    fact: str
    code: str
    wanted: str = ""


class FactFaults(Exception):
    """Every fault of one object of facts, in the order of the facts."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults


class _Unreadable(Exception):
    def __init__(self, wanted: str) -> None:
        self.wanted = wanted


def parse(system: System[F], mapping: Mapping[str, Any]) -> F:
    """Typed facts; raises FactFaults with everything that is wrong at once."""
    kinds = _kinds(system)
    faults = [Fault(name, "unknown") for name in mapping if name not in kinds]
    values: dict[str, Any] = {}
    for name, kind in kinds.items():
        if name not in mapping:
            faults.append(Fault(name, "missing"))
            continue
        try:
            values[name] = _read(kind, mapping[name])
        except _Unreadable as unreadable:
            faults.append(Fault(name, "unreadable", unreadable.wanted))
    if not faults:
        faults = [*_wall_time_faults(kinds, values), *_torn_apart(system.facts, values)]
    if faults:
        raise FactFaults(faults)
    return system.facts(**values)


@cache
def _kinds(system: System[Any]) -> dict[str, Any]:
    """Each fact's declared type, in the order of the declaration."""
    hints = get_type_hints(system.facts, include_extras=True)
    return {name: hints[name] for name in system.fact_names}


def _read(kind: Any, value: Any) -> Any:
    if get_origin(kind) in (Union, UnionType):
        if value is None:
            return None
        kind = next(part for part in get_args(kind) if part is not type(None))
    if get_origin(kind) is Literal:
        if not isinstance(value, str) or value not in get_args(kind):
            raise _Unreadable("one of: " + ", ".join(get_args(kind)))
        return value
    reader = type(get_args(kind)[1]) if get_origin(kind) is Annotated else kind
    return _READERS[reader](value)


def _instant(value: Any) -> datetime:
    wanted = "an instant with its offset, such as 2024-07-09T21:00:00-04:00"
    found = _matched(INSTANT, value, wanted)
    moment = _iso(found["seconds"] + (found["fraction"] or "")[:7] + found["offset"], wanted)
    # Digits beyond the microsecond still mean "later than": keep that, so no boundary is missed.
    if moment.microsecond == 0 and (found["fraction"] or "").strip(".,0"):
        moment = moment.replace(microsecond=1)
    return moment.astimezone(UTC)


def _local_time(value: Any) -> datetime:
    wanted = "a wall time without offset, such as 2024-07-10T09:00"
    return _iso(_matched(LOCAL_TIME, value, wanted)[0], wanted)


def _date(value: Any) -> date:
    wanted = "a date, such as 2024-07-10"
    return _iso(_matched(DATE, value, wanted)[0], wanted).date()


def _zone(value: Any) -> ZoneInfo:
    wanted = "a time zone, such as America/New_York"
    if not isinstance(value, str) or not value:
        raise _Unreadable(wanted)
    try:
        return ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, OSError) as nowhere:
        raise _Unreadable(wanted) from nowhere


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unreadable("true or false")
    return value


def _count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise _Unreadable("a whole number, 0 or more")
    return value


def _word(value: Any) -> str:
    if not isinstance(value, str):
        raise _Unreadable("a word")
    return value


_READERS: dict[type, Callable[[Any], Any]] = {
    datetime: _instant,
    WallTimeOf: _local_time,
    date: _date,
    ZoneInfo: _zone,
    bool: _yes_no,
    WholeNumber: _count,
    str: _word,
}

# Years that every zone can be reckoned in, with room on both sides.
_DAY = r"[1-8][0-9]{3}-[0-9]{2}-[0-9]{2}"
DATE = re.compile(_DAY)
LOCAL_TIME = re.compile(_DAY + r"T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
INSTANT = re.compile(
    rf"(?P<seconds>{_DAY}T[0-9]{{2}}:[0-9]{{2}}(:[0-9]{{2}})?)"
    r"(?P<fraction>(?<=:[0-9]{2}:[0-9]{2})[.,][0-9]+)?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})"
)


def _matched(pattern: re.Pattern[str], value: Any, wanted: str) -> re.Match[str]:
    found = pattern.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise _Unreadable(wanted)
    return found


def _iso(text: str, wanted: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as impossible:  # 30 February, 25 o'clock
        raise _Unreadable(wanted) from impossible


def _wall_time_faults(kinds: Mapping[str, Any], values: Mapping[str, Any]) -> list[Fault]:
    """Wall times that their zone skips or has twice."""
    faults = []
    for name, kind in kinds.items():
        mark = next((mark for mark in _marks(kind) if isinstance(mark, WallTimeOf)), None)
        if mark is None or values[name] is None or values[mark.zone] is None:
            continue
        if trouble := wall_time_trouble(values[name], values[mark.zone]):
            faults.append(Fault(name, trouble, values[mark.zone].key))
    return faults


def _marks(kind: Any) -> tuple[Any, ...]:
    if get_origin(kind) in (Union, UnionType):
        return tuple(mark for part in get_args(kind) for mark in _marks(part))
    return get_args(kind)[1:] if get_origin(kind) is Annotated else ()


def _torn_apart(facts: type[Moment], values: Mapping[str, Any]) -> list[Fault]:
    """Facts that are null together or not at all."""
    return [
        Fault(name, "torn_apart", group[0])
        for group in facts.together
        for name in group[1:]
        if (values[name] is None) != (values[group[0]] is None)
    ]
