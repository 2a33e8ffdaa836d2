"""The worked scenarios are the specification: the file itself is run, and nothing in it is left over."""

import json
from pathlib import Path
from typing import Any

import pytest

from models.rules.batch import judge_all
from models.rules.systems import SYSTEMS

REFERENCE = Path(__file__).parents[2] / "models" / "reference"
FILES = ("golden.json", "golden_more.json")  # the specification, and what we add where it has no example
EVERYTHING = [scenario for name in FILES for scenario in json.loads((REFERENCE / name).read_text("utf-8"))]
SCENARIOS = [scenario for scenario in EVERYTHING if scenario["system"] in SYSTEMS]
ANSWER = ("id", "verdict", "rules", "flips_at", "people")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["id"])
def test_the_scenario_gets_its_answer(scenario: dict[str, Any]) -> None:
    assert judge_all([scenario]) == [{key: scenario[key] for key in ANSWER if key in scenario}]


@pytest.mark.parametrize("system", SYSTEMS.values(), ids=lambda system: system.name)
def test_each_rule_has_a_scenario_and_each_scenario_names_known_rules(system: Any) -> None:
    shown = {
        slug for scenario in SCENARIOS if scenario["system"] == system.name for slug in scenario["rules"]
    }
    assert shown == {rule.slug for rule in system.rules}


def test_each_scenario_has_a_name_of_its_own() -> None:
    names = [scenario["id"] for scenario in EVERYTHING]
    assert len(names) == len(set(names))
