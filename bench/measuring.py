"""How figures are taken: in turns with their baseline, as medians, beside the goal they are held against."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any


@dataclass(frozen=True)
class Figure:
    """One line of the table. `goal` is a bound (`>= 0.4`, `< 50`), empty where none was set."""

    bench: str
    what: str
    value: float
    unit: str = "ratio"
    goal: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the goal is kept; None without one."""
        if not self.goal:
            return None
        sign, bound = self.goal.split()
        limit = float(bound)
        kept = {
            ">=": self.value >= limit,
            "<=": self.value <= limit,
            "<": self.value < limit,
            "=": self.value == limit,
        }
        return kept[sign]

    def row(self) -> dict[str, Any]:
        """The line as it stands in results.json."""
        return {**asdict(self), "value": float(f"{self.value:.4g}"), "reached": self.reached}


def in_turns(turns: int, **measured: Callable[[], float]) -> dict[str, float]:
    """Take each measure once a turn, in order, and give back the median of each: a noisy minute hits all alike."""
    taken: dict[str, list[float]] = {name: [] for name in measured}
    for _turn in range(turns):
        for name, measure in measured.items():
            taken[name].append(measure())
    return {name: median(values) for name, values in taken.items()}


def seconds_a_call(work: Callable[[], Any], calls: int) -> float:
    """The mean CPU time of one call: waiting for the disk or for other programs is not in it."""
    began = time.process_time()
    for _call in range(calls):
        work()
    return (time.process_time() - began) / calls


def cpu_seconds(pids: list[int]) -> float:
    """CPU time that these processes have used, all threads together, to the nanosecond."""
    tasks = (task for pid in pids for task in Path(f"/proc/{pid}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


def proportional_memory(pids: list[int]) -> float:
    """Memory of these processes in MiB, pages they share counted once (PSS)."""
    lines = (line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def machine() -> str:
    """What the figures were taken on, in words that name nobody."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    import platform
    import sqlite3

    return (
        f"{os.cpu_count()} CPUs, {memory:.0f} GiB memory, {platform.system()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; load and server share the CPUs"
    )
