"""`python -m bench [NAME…] [--full]`: measures, prints the table, and writes results.json when all were run."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.measuring import Figure, machine

RESULTS = Path(__file__).parent / "results.json"
# name: the file that measures it
BENCHES = {
    "queries": "queries",
    "move": "moves",
    "pages": "pages",
    "bytes": "weight",
    "start": "starting",
    "race": "races",
    "slow": "slow_phones",
    "look-ups": "look_ups",
}


def main() -> None:
    """Run what was asked for, by default everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    parser.add_argument(
        "--full", action="store_true", help="the queries at 10 million places as well (minutes)"
    )
    asked = parser.parse_args()
    if unknown := set(asked.names) - set(BENCHES):
        parser.error(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    print(machine())
    figures = [figure for name in asked.names or BENCHES for figure in _run(name, asked.full)]
    print(_table(figures))
    if not asked.names:
        _write(figures)


def _run(name: str, full: bool) -> list[Figure]:
    measure: Callable[..., list[Figure]] = import_module(f"bench.{BENCHES[name]}").measure
    began = time.perf_counter()
    figures = measure(full=True) if full and name == "queries" else measure()
    print(f"{name}: {time.perf_counter() - began:.0f} s", flush=True)
    return figures


def _table(figures: list[Figure]) -> str:
    words = {True: "reached", False: "not reached", None: ""}
    rows = [
        (one.bench, one.what, _number(one.value), one.unit, one.goal, words[one.reached]) for one in figures
    ]
    head = ("", "what", "figure", "", "goal", "")
    wide = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    return "\n".join(
        "  ".join(cell.rjust(width) if column == 2 else cell.ljust(width)
                  for column, (cell, width) in enumerate(zip(row, wide, strict=True))).rstrip()
        for row in [head, *rows]
    )  # fmt: skip


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _write(figures: list[Figure]) -> None:
    taken = {
        "on": datetime.now(UTC).date().isoformat(),
        "machine": machine(),
        "figures": [figure.row() for figure in figures],
    }
    RESULTS.write_text(json.dumps(taken, indent=1, ensure_ascii=False) + "\n")
    print(f"Written to {RESULTS.parent.name}/{RESULTS.name}.")


if __name__ == "__main__":
    main()
