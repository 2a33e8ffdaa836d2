"""Judging a list of facts at once: the core of the `judge` command."""

from typing import Any

from models.rules import evaluate
from models.rules.facts import FactFaults, Fault, parse
from models.rules.systems import SYSTEMS

WORDS = {
    "missing": "this fact is missing",
    "unknown": "this fact is not known in this system",
    "unreadable": "wanted is {wanted}",
    "skipped": "{wanted} skips this wall time",
    "twice": "{wanted} has this wall time twice",
    "torn_apart": "null exactly when {wanted} is null",
}


class BatchFaults(Exception):
    """One line per fault, for the person who made the list."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def judge_all(items: Any) -> list[dict[str, Any]]:
    """The answer to each `{id, system, facts}`, in order; raises BatchFaults and answers nothing else."""
    if not isinstance(items, list):
        raise BatchFaults(["a list of {id, system, facts} is wanted"])
    answers, lines = [], []
    for number, item in enumerate(items, 1):
        try:
            answers.append(_judge(item))
        except BatchFaults as faults:
            lines += [f"{_name(item, number)}: {line}" for line in faults.lines]
    if lines:
        raise BatchFaults(lines)
    return answers


def _judge(item: Any) -> dict[str, Any]:
    if not isinstance(item, dict):
        raise BatchFaults(["an object with id, system and facts is wanted"])
    if missing := [key for key in ("id", "system", "facts") if key not in item]:
        raise BatchFaults([f"{key}: missing" for key in missing])
    system = SYSTEMS.get(item["system"]) if isinstance(item["system"], str) else None
    if system is None:
        raise BatchFaults([f"system: wanted is one of: {', '.join(SYSTEMS)}"])
    if not isinstance(item["facts"], dict):
        raise BatchFaults(["facts: an object is wanted"])
    try:
        outcome = evaluate(system, parse(system, item["facts"]))
    except FactFaults as found:
        raise BatchFaults([_line(fault) for fault in found.faults]) from None
    flips_at = outcome.flips_at.isoformat() if outcome.flips_at else None
    return {
        "id": item["id"],
        "verdict": str(outcome.verdict),
        "rules": list(outcome.rules),
        "flips_at": flips_at,
    }


def _line(fault: Fault) -> str:
    return f"{fault.fact}: {WORDS[fault.code].format(wanted=fault.wanted)}"


def _name(item: Any, number: int) -> str:
    name = item.get("id") if isinstance(item, dict) else None
    return str(name) if name is not None else f"entry {number}"
