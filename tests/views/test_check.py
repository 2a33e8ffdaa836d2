"""The quick check: an answer for anyone; it stores nothing and its addresses identify nobody."""

from datetime import timedelta

import pytest
from peewee import Model

from models import limits
from models.database import BaseModel
from models.offices import Held, Kind, Office
from models.rules.biometrics import SYSTEM
from tests.conftest import Clock
from tests.pages import StrictClient, words
from tests.views.quick_checks import NOW, PLAIN, WHOLE, answer, result


@pytest.fixture(autouse=True)
def _now(clock: Clock) -> None:
    clock.set(NOW)


def stored() -> int:
    tables: list[type[Model]] = [
        model for model in BaseModel.__subclasses__() if model.__name__ != "LimitCount"
    ]
    return sum(model.select().count() for model in tables)


def test_a_plain_case_is_allowed_until_twelve_hours_before(client: StrictClient) -> None:
    page = answer(client)
    assert result(page) == ("allowed", [])
    assert page.select_one("h1 time")["datetime"] == "2026-12-08T21:00:00-05:00"
    assert "Tuesday 8 December, 9:00 pm" in words(page.h1)
    assert not page.find(string="What you did not tell us")


@pytest.mark.parametrize(
    ("more", "verdict", "rules"),
    [
        ({"date-day": "21", "date-month": "11", "time": "01:00"}, "allowed", []),
        ({"date-day": "20", "date-month": "11", "time": "21:59"}, "blocked", ["within-twelve-hours"]),
        ({"date-day": "20", "date-month": "11", "time": "10:00"}, "blocked", ["untimely"]),
        ({"date-day": "2", "date-month": "1", "status": "denied"}, "blocked", ["denied-as-abandoned"]),
        ({"moves": "1"}, "allowed", []),
        ({"moves": "2"}, "blocked", ["moved-twice"]),
        ({"moves": "1", "office_moves": "1"}, "needs_review", ["moved-twice-by-office"]),
        ({"form": "other"}, "needs_review", ["form-not-listed"]),
        ({"form": "I-589"}, "allowed", ["asylum-clock"]),
        ({"form": "I-765", "asylum": "yes"}, "allowed", ["asylum-clock"]),
        ({"form": "I-765", "asylum": "no"}, "allowed", []),
        ({"form": "I-600", "early": "yes"}, "blocked", ["set-before-adoption-opening"]),
        ({"form": "I-600", "early": "no"}, "allowed", []),
        ({"good_cause": "other"}, "needs_review", ["other-reason"]),
        ({"good_cause": "none"}, "blocked", ["no-reason"]),
        ({"status": "completed"}, "blocked", ["already-attended"]),
        ({"status": "cancelled", "moves": "2"}, "blocked", ["already-cancelled"]),
        ({"place": "dhs_custody"}, "blocked", ["held-by-dhs"]),
        ({"place": "jail"}, "allowed", ["held-outside-dhs"]),
        ({"place": "homebound"}, "needs_review", ["mobile-collection"]),
        ({"place": "abroad"}, "blocked", ["collected-abroad"]),
        ({"actor": "parent", "under_14": "yes"}, "allowed", []),
        ({"actor": "parent", "under_14": "no"}, "needs_review", ["child-not-under-fourteen"]),
        ({"actor": "guardian", "under_14": "no"}, "allowed", []),
        ({"actor": "attorney", "g28": "yes"}, "allowed", []),
        ({"actor": "attorney", "g28": "no"}, "blocked", ["authority-not-on-file"]),
        ({"actor": "firm_staff"}, "needs_review", ["staff-draft-unconfirmed"]),
        ({"actor": "friend"}, "blocked", ["role-not-authorised"]),
        ({"account": "no"}, "blocked", ["no-online-account"]),
        ({"tool": "no"}, "blocked", ["tool-down"]),
        ({"address": "yes"}, "allowed", ["address-changed"]),
        (
            {"moves": "2", "form": "other", "address": "yes"},
            "blocked",
            ["moved-twice", "form-not-listed", "address-changed"],
        ),
    ],
)  # fmt: skip
def test_each_answer_leads_to_its_rules_in_both_languages(
    client: StrictClient, more: dict[str, str], verdict: str, rules: list[str]
) -> None:
    assert result(answer(client, **more)) == (verdict, rules)
    assert result(answer(client, "/es", **more)) == (verdict, rules)


def test_every_rule_about_an_appointment_that_stands_can_be_reached() -> None:
    cases = test_each_answer_leads_to_its_rules_in_both_languages.pytestmark[0].args[1]
    reached = {rule for _more, _verdict, rules in cases for rule in rules}
    # over, about another page's search, or about a new time that the check does not ask
    elsewhere = {
        "before-tool-launch",
        "adoption-form-not-open-yet",
        "identity-not-matched",
        "new-slot-passed",
        "new-slot-unavailable",
    }
    assert reached == {rule.slug for rule in SYSTEM.rules} - elsewhere


@pytest.mark.parametrize(
    ("left_out", "named"),
    [
        ("form", "your form"),
        ("good_cause", "your reason"),
        ("account", "your online account"),
        ("address", "whether you moved house"),
    ],
)
def test_what_was_not_told_is_named_and_judged_by_no_rule(
    client: StrictClient, left_out: str, named: str
) -> None:
    page = answer(client, **{left_out: ""})
    assert result(page) == ("allowed", [])
    open_section = page.find("h2", string="What you did not tell us").find_parent("section")
    assert named in words(open_section)


def test_a_question_that_plays_no_part_is_not_open(client: StrictClient) -> None:
    page = answer(client, form="I-485", asylum=None, early=None, g28=None, under_14=None)
    assert not page.find("h2", string="What you did not tell us")


def test_an_office_kept_here_needs_no_tool_and_leads_to_the_appointment(client: StrictClient) -> None:
    Office.create(
        kind=Kind.ASC, code="XNO", name="Elizabeth Application Support Center", city="Elizabeth", region="NJ",
        time_zone="America/New_York", held=Held.HERE,
    )  # fmt: skip
    page = answer(client, account=None, tool=None)
    assert not page.find("h2", string="What you did not tell us")
    assert page.select_one(".verdict a.btn")["href"] == "/appointments/find"
    Office.update(paused=True).execute()
    assert result(answer(client, account=None, tool=None)) == ("blocked", ["tool-down"])


def test_an_office_of_the_agency_says_that_nothing_can_be_moved_here(client: StrictClient) -> None:
    page = answer(client)
    assert "The agency keeps the calendar" in words(page.select_one(".verdict"))
    assert not page.find("a", href="/appointments/find")
    assert words(page.select_one(".parts b")) == "With the agency's tool"


def test_a_blocked_answer_leads_to_the_telephone_and_says_if_it_is_answered(
    client: StrictClient, clock: Clock
) -> None:
    page = answer(client, moves="2")
    assert page.select_one(".verdict a.btn")["href"] == "tel:+18003755283"
    assert "Open now." in words(page.select_one(".verdict"))
    clock.set(NOW + timedelta(hours=20))
    assert "Open now." not in words(answer(client, moves="2").select_one(".verdict"))


def test_nothing_is_stored_no_cookie_is_set_and_no_cache_keeps_it(client: StrictClient) -> None:
    before = stored()
    for address, more in (("", {}), ("/verdict", {}), ("", {"receipt": "1"}), ("", {"change": "1"})):
        given = client.get(f"/check/biometrics{address}", query_string={**WHOLE, **more})
        assert given.status_code == 200
        assert given.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in given.headers
    assert stored() == before


def test_the_address_of_the_check_asks_for_nothing_that_identifies(client: StrictClient) -> None:
    page = client.page("/check/biometrics")
    names = {field["name"] for field in page.select("form.through [name]")}
    assert names == {*WHOLE, "actor", "under_14", "g28", "status", "place", "asylum", "early"}


def test_the_answer_has_a_code_that_the_receipt_check_knows(client: StrictClient) -> None:
    for moves, kind in (("0", "check_allowed"), ("2", "check_blocked")):
        offered = answer(client, moves=moves).find("a", string="Print this answer with a receipt code")
        page = client.page(offered["href"])
        assert result(page)[0] == kind.removeprefix("check_")
        shown = page.select_one("[data-code]")["data-code"]
        assert client.page(f"/receipts/{shown}").select_one("[data-result]")["data-result"] == kind


def test_change_an_answer_brings_every_answer_back(client: StrictClient) -> None:
    more = {"moves": "1", "actor": "parent", "under_14": "yes"}
    page = client.page(answer(client, **more).find("a", string="Change an answer")["href"])
    assert page.find("option", value="asc-XNO").has_attr("selected")
    assert [int(page.find(id=f"date-{part}")["value"]) for part in ("day", "month", "year")] == [9, 12, 2026]
    assert page.find(id="time")["value"] == "09:00"
    assert page.find("input", attrs={"name": "moves", "value": "1"}).has_attr("checked")
    assert page.find(id="actor").find("option", selected=True)["value"] == "parent"
    assert page.details.has_attr("open")
    assert page.find(id="verdict").select_one("[data-verdict]")["data-verdict"] == "allowed"


def test_the_other_language_keeps_the_answers(client: StrictClient) -> None:
    link = answer(client, moves="2").find("a", hreflang="es")
    assert result(client.page(link["href"])) == ("blocked", ["moved-twice"])


def test_the_fragment_is_the_same_block_as_on_the_page(client: StrictClient) -> None:
    whole = client.page("/check/biometrics", query_string={**WHOLE, "change": "1"})
    piece = client.fragment("/check/biometrics/verdict", query_string=WHOLE)
    assert words(whole.find(id="verdict")) == words(piece) != ""


@pytest.mark.parametrize(
    ("left_out", "named"),
    [({"office": ""}, "the office"), ({"date-month": ""}, "the day"), ({"time": ""}, "the time")],
)
def test_the_fragment_names_what_is_still_to_answer_without_a_mark(
    client: StrictClient, left_out: dict[str, str], named: str
) -> None:
    piece = client.fragment("/check/biometrics/verdict", query_string={**PLAIN, **left_out})
    assert words(piece) == f"Still to answer: {named}."
    assert not piece.find("svg")
    assert not piece.select("[data-verdict]")


def test_words_that_are_no_answers_show_the_questions(client: StrictClient) -> None:
    page = client.page("/check/biometrics?utm_source=mail")
    assert words(page.h1) == "Quick check"
    assert page.find("form", attrs={"hx-get": "/check/biometrics/verdict"})


def test_verdicts_have_a_limit_that_says_when_to_try_again(
    client: StrictClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "VERDICTS", limits.Limit("verdict", 2, limits.MINUTE))
    assert [client.get("/check/biometrics/verdict", query_string=PLAIN).status_code for _ in range(3)] == [
        200,
        200,
        429,
    ]
    assert client.get("/check/biometrics", query_string=WHOLE).headers["Retry-After"]
    assert client.get("/check/biometrics").status_code == 200
