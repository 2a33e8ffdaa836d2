"""What the browser tests share: an applicant per example, and a demonstration as it was declared."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.journey import Applicant
from tests.demonstration import Demonstration


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever asks for a window is a browser test."""
    for item in items:
        if "open_page" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


class Stage:
    """The demonstration of this worker, built anew whenever an example is wanted that was used before."""

    def __init__(self, demonstration: Demonstration) -> None:
        self.demonstration = demonstration
        self.used: set[str] = set()

    def example(self, number: str) -> dict[str, Any]:
        if number in self.used:
            self.rebuild()
        self.used.add(number)
        declared = self.demonstration.declared
        rows = [*declared["appointments"], *declared["special_appointments"]]
        return next(row for row in rows if row["confirmation_number"] == number)

    def rebuild(self) -> None:
        self.used.clear()
        self.demonstration = replace(
            self.demonstration, declared=json.loads(self.demonstration.flask("demo", "--json"))
        )


@pytest.fixture(scope="session")
def stage(demonstration: Demonstration) -> Stage:
    return Stage(demonstration)


@pytest.fixture
def applicant(stage: Stage, open_page: Callable[..., Page]) -> Callable[..., Applicant]:
    """Somebody with an example of the demonstration: applicant("MOVE1001", width=360)."""

    def arrive(number: str, **window: Any) -> Applicant:
        told = stage.example(number)
        return Applicant(open_page(**window), stage.demonstration.address, told)

    return arrive
