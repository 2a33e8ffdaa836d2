"""The worked examples of the rules: the same files that the tests run."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILES = ("golden.json", "golden_more.json")
REFERENCE = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class Example:
    """One scenario: what was so, and what the rules must say."""

    id: str
    facts: dict[str, Any]
    verdict: str
    rules: tuple[str, ...]
    flips_at: str | None


@cache
def examples(system: str) -> tuple[Example, ...]:
    """Every worked example of a system, in the order of the files."""
    found = [row for name in FILES for row in json.loads((REFERENCE / name).read_text("utf-8"))]
    return tuple(
        Example(row["id"], row["facts"], row["verdict"], tuple(row["rules"]), row["flips_at"])
        for row in found
        if row["system"] == system
    )
