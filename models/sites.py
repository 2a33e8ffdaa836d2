"""The offices that anyone can ask about without an appointment here: those of the database, and those that ship."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from models.offices import Kind, Office, find_office

OFFICES = Path(__file__).parent / "reference" / "offices.csv"
CENTER = " Application Support Center"


def sites(kind: Kind = Kind.ASC) -> dict[str, str]:
    """Office name (`asc-XNY`) to what people call it (`Elizabeth, NJ`), from A to Z."""
    columns = (Office.code, Office.name, Office.region)
    kept: Any = Office.select(*columns).where(Office.kind == kind).tuples()
    rows = {row["code"]: (row["name"], row["region"]) for row in _shipped(kind)}
    rows.update({code: (name, region) for code, name, region in kept})
    called = {f"{kind}-{code}": _called(name, region) for code, (name, region) in rows.items()}
    return dict(sorted(called.items(), key=lambda pair: pair[1]))


def find_site(name: str, kind: Kind = Kind.ASC) -> Office | None:
    """The office called `asc-XNY` or `XNY`: as kept here, else as shipped (not a row of the database)."""
    code = name.upper().removeprefix(f"{kind}-".upper())
    if found := find_office(f"{kind}-{code}"):
        return found
    row = next((row for row in _shipped(kind) if row["code"] == code), None)
    known = ("code", "kind", "name", "city", "region", "country", "time_zone")
    return Office(**{column: row[column] for column in known}) if row else None


def site_name(office: Office) -> str:
    """What people call an office: `Elizabeth, NJ`."""
    return _called(office.name, office.region)


def _called(name: str, region: str) -> str:
    place = name.removesuffix(CENTER).removesuffix(f" {region}")
    return f"{place}, {region}" if region else place


@cache
def _shipped(kind: Kind) -> tuple[dict[str, Any], ...]:
    with OFFICES.open(encoding="utf-8", newline="") as file:
        return tuple(row for row in csv.DictReader(file) if row["kind"] == kind)
