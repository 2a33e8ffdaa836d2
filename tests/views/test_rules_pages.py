"""How we decide: the pages are printed from the rows that judge, with every worked example."""

import json

import pytest

from models.golden import FILES, REFERENCE, examples
from models.rules.biometrics import SYSTEM
from models.rules.parameters import SHIPPED
from tests.pages import StrictClient, words
from views.wording import channels, parameters
from views.wording.examples import TITLES
from views.wording.sources import sources_in_words

SCENARIOS = [
    row
    for name in FILES
    for row in json.loads((REFERENCE / name).read_text("utf-8"))
    if row["system"] == SYSTEM.name
]


@pytest.mark.parametrize("address", ["/rules/biometrics", "/es/rules/biometrics"])
def test_each_rule_stands_on_the_page_once_under_its_own_anchor(client: StrictClient, address: str) -> None:
    page = client.page(address)
    shown = [rule["data-rule"] for rule in page.select("[data-rule]")]
    assert sorted(shown) == sorted(rule.slug for rule in SYSTEM.rules)
    assert all(page.find(id=slug) for slug in shown)


def test_each_rule_names_its_source_its_day_and_the_way_that_is_left(client: StrictClient) -> None:
    page = client.page("/rules/biometrics")
    for rule in page.select("[data-rule]"):
        labels = [words(label) for label in rule.select("dt")]
        assert labels[:4] == ["Result", "In force", "Source", "How sure"]
        assert words(rule.select_one(".out")), rule["data-rule"]


def test_the_twelve_hours_are_told_with_number_source_and_doubt(client: StrictClient) -> None:
    said = words(client.page("/rules/biometrics").find(id="within-twelve-hours"))
    for piece in (
        "Hours before the start: 12",
        "Since 28 June 2023",
        "is our reading",
        "By phone",
        "in part our own reading",
    ):
        assert piece in said


def test_each_telephone_line_names_its_hours_and_its_source(client: StrictClient) -> None:
    said = words(client.page("/rules/biometrics").find(id="lines"))
    for line, labels in channels.LINE_SOURCES.items():
        assert f"{line.number}. {channels.LINE_HOURS[line]} Source: {sources_in_words(labels)}." in said


def test_a_rule_that_is_over_says_until_when_it_was_in_force(client: StrictClient) -> None:
    page = client.page("/rules/biometrics")
    assert "Until 27 June 2023" in words(page.find(id="before-tool-launch"))
    assert "From 28 June 2023 to 28 May 2024" in words(page.find(id="adoption-form-not-open-yet"))
    assert "Always" in words(page.find(id="identity-not-matched"))


def test_each_worked_example_stands_under_every_rule_that_it_names(client: StrictClient) -> None:
    page = client.page("/rules/biometrics")
    for scenario in SCENARIOS:
        under = {
            place["data-rule"]
            for shown in page.select(f'[data-example="{scenario["id"]}"]')
            if (place := shown.find_parent(attrs={"data-rule": True}))
        }
        assert under == set(scenario["rules"])
    shown_without = [
        shown for shown in page.select("[data-example]") if not shown.find_parent(attrs={"data-rule": True})
    ]
    assert {shown["data-example"] for shown in shown_without} == {
        row["id"] for row in SCENARIOS if not row["rules"]
    }


def test_an_example_tells_the_moment_the_answer_and_when_it_changes(client: StrictClient) -> None:
    said = words(client.page("/rules/biometrics").select_one('[data-example="bio-001"]'))
    assert "Mon 8 Jul 2024, 9:00 am EDT" in said
    assert "you can move it online" in said
    assert "It changes: Tue 9 Jul 2024, 9:00 pm EDT" in said


@pytest.mark.usefixtures("app")
def test_the_titles_of_the_examples_are_those_of_the_golden_files() -> None:
    assert {key: title._args[0] for key, title in TITLES.items()} == {
        row["id"]: row["title"] for row in SCENARIOS
    }
    assert [example.id for example in examples(SYSTEM.name)] == [row["id"] for row in SCENARIOS]


def test_each_number_of_the_rules_has_words() -> None:
    used = {name for rule in SYSTEM.rules for name in rule.parameters}
    assert used <= set(parameters.WORDS) == {row.name for row in SHIPPED.rows}


def test_the_first_page_of_the_rules_tells_the_three_results(client: StrictClient) -> None:
    page = client.page("/rules")
    assert [words(result).split(".")[0] for result in page.select(".reasons b")] == [
        "Not this way", "A person looks first", "Good to know"
    ]  # fmt: skip
    assert page.find("a", href="/rules/biometrics")
