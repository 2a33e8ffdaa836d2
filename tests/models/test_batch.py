"""Judging a list: answers in order, or one line for each fault and no answer at all."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.rules.batch import BatchFaults, judge_all

GOLDEN = Path(__file__).parents[2] / "models" / "reference" / "golden.json"
FIRST, SECOND = json.loads(GOLDEN.read_text("utf-8"))[:2]


def lines_about(items: Any) -> list[str]:
    with pytest.raises(BatchFaults) as found:
        judge_all(items)
    return found.value.lines


def test_the_answers_come_in_order_and_other_keys_are_ignored() -> None:
    answers = judge_all([SECOND | {"note": "ignored"}, FIRST])
    assert [answer["id"] for answer in answers] == [SECOND["id"], FIRST["id"]]
    assert all(list(answer) == ["id", "verdict", "rules", "flips_at"] for answer in answers)
    assert json.loads(json.dumps(answers)) == answers


def test_an_empty_list_has_no_answers() -> None:
    assert judge_all([]) == []


def test_each_fault_has_its_line_and_names_entry_and_fact() -> None:
    facts = {key: value for key, value in FIRST["facts"].items() if key != "form"}
    broken = {"id": "mine", "system": "biometrics", "facts": facts | {"shoe_size": 43, "status": "lost"}}
    assert lines_about([FIRST, broken]) == [
        "mine: shoe_size: this fact is not known in this system",
        "mine: status: wanted is one of: scheduled, completed, cancelled",
        "mine: form: this fact is missing",
    ]


@pytest.mark.parametrize(
    ("local", "line"),
    [
        ("2024-03-10T02:30", "bio-001: starts_local: America/New_York skips this wall time"),
        ("2024-11-03T01:30", "bio-001: starts_local: America/New_York has this wall time twice"),
    ],
)
def test_wall_times_that_name_no_single_instant_are_faults(local: str, line: str) -> None:
    assert lines_about([FIRST | {"facts": FIRST["facts"] | {"starts_local": local}}]) == [line]


@pytest.mark.parametrize(
    ("items", "line"),
    [
        ({}, "a list of {id, system, facts} is wanted"),
        (None, "a list of {id, system, facts} is wanted"),
        (["bio-001"], "entry 1: an object with id, system and facts is wanted"),
        ([{"system": "biometrics", "facts": {}}], "entry 1: id: missing"),
        ([FIRST | {"system": "fingerprints"}], "bio-001: system: wanted is one of: biometrics"),
        ([FIRST | {"system": ["biometrics"]}], "bio-001: system: wanted is one of: biometrics"),
        ([FIRST | {"facts": []}], "bio-001: facts: an object is wanted"),
    ],
)
def test_a_list_of_another_shape_is_told_what_is_wanted(items: Any, line: str) -> None:
    assert lines_about(items) == [line]
