"""The examples of the demonstration that a look-up does not simply open and move."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from models.demonstration.special import SPECIAL
from tests.browser.conftest import Stage
from tests.browser.journey import Applicant

HIDDEN_FROM_LOOK_UPS = ["SAFE4002", "LINK4003"]


def test_the_script_knows_every_special_example(stage: Stage) -> None:
    declared = {row["confirmation_number"] for row in stage.demonstration.declared["special_appointments"]}
    assert declared == {example.number for example in SPECIAL}


@pytest.mark.parametrize("number", HIDDEN_FROM_LOOK_UPS)
def test_a_hidden_case_is_not_found_and_shows_only_in_its_account(
    number: str, applicant: Callable[..., Applicant]
) -> None:
    someone = applicant(number)
    someone.sign_in("a.curious.relative@mail.example")
    someone.find()
    expect(someone.page.locator("#fix")).to_be_visible()
    answer = someone.page.goto(someone.own)
    assert answer
    assert answer.status == 404
    someone.page.context.clear_cookies()
    someone.sign_in()
    someone.press(f"main a[href$='/{someone.told['reference']}']")
    assert someone.verdict() == someone.told["verdict"]


def test_a_paused_case_says_so_and_offers_no_time(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("STOP4004")
    someone.open_own_page()
    expect(someone.page.locator("#frozen")).to_be_visible()
    expect(someone.way_to_a_new_time()).to_have_count(0)


def test_what_another_calendar_holds_has_its_answer_and_no_times(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("ELSE4001")
    someone.open_own_page()
    assert (someone.verdict(), someone.rules()) == (someone.told["verdict"], someone.told["rules"])
    expect(someone.way_to_a_new_time()).to_have_count(0)
    someone.page.goto(f"{someone.own}/move")
    expect(someone.page).to_have_url(someone.own)


@pytest.mark.parametrize("number", ["OTHR1014", "CALL4005"])
def test_the_contact_on_file_has_to_agree_before_anything_is_shown(
    number: str, applicant: Callable[..., Applicant]
) -> None:
    someone = applicant(number, java_script_enabled=False)
    someone.sign_in("a.friend@mail.example")
    someone.find()
    expect(someone.page).to_have_url(f"{someone.own}/claim")
    assert someone.told["form"] not in someone.page.content()
    someone.type_the_shown_code()
    expect(someone.page).to_have_url(someone.own)
    assert someone.verdict() == someone.told["verdict"]
