"""Every appointment of the demonstration, visited by a script that `demo --json` feeds: its answer and its journey."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from models.demonstration.build import EXAMPLES
from models.rules import Verdict
from tests.browser.conftest import Stage
from tests.browser.journey import OTHER_CAUSE, Applicant, Receipt

WINDOWS: dict[str, dict[str, Any]] = {
    "with-script": {"width": 1280},
    "without-script": {"width": 360, "java_script_enabled": False},
}
SLOW_PHONE = {"width": 360, "height": 740, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
# kbit/s as bytes a second, and the wait of each answer in milliseconds
SECOND_GENERATION = {"downloadThroughput": 50_000 / 8, "uploadThroughput": 50_000 / 8, "latency": 500}

HELD_HERE = [example for example in EXAMPLES if not example.note.startswith("Held elsewhere")]
MOVABLE = [example.number for example in HELD_HERE if example.verdict is Verdict.ALLOWED]
TO_BE_REVIEWED = [example.number for example in HELD_HERE if example.verdict is Verdict.NEEDS_REVIEW]
NOT_MOVABLE_HERE = [
    example.number
    for example in EXAMPLES
    if example.number not in MOVABLE and example.number not in TO_BE_REVIEWED
]

window = pytest.mark.parametrize("window", WINDOWS.values(), ids=WINDOWS)


def test_the_script_visits_every_declared_appointment(stage: Stage) -> None:
    declared = {row["confirmation_number"] for row in stage.demonstration.declared["appointments"]}
    assert declared == {*MOVABLE, *TO_BE_REVIEWED, *NOT_MOVABLE_HERE}
    verdicts = {row["verdict"] for row in stage.demonstration.declared["appointments"]}
    assert verdicts == {"allowed", "needs_review", "blocked"}


@window
@pytest.mark.parametrize("number", MOVABLE)
def test_an_allowed_appointment_is_moved(
    number: str, window: dict[str, Any], applicant: Callable[..., Applicant]
) -> None:
    someone = applicant(number, **window)
    move_all_the_way(someone)


@window
@pytest.mark.parametrize("number", TO_BE_REVIEWED)
def test_what_a_person_has_to_look_at_is_sent_for_review(
    number: str, window: dict[str, Any], applicant: Callable[..., Applicant]
) -> None:
    someone = applicant(number, **window)
    open_with_the_declared_answer(someone)
    before = someone.calendar()
    send_for_review(someone)
    assert someone.calendar()["DTSTART"].dt == before["DTSTART"].dt  # the old place stays


@window
def test_a_reason_in_own_words_is_sent_for_review(
    window: dict[str, Any], applicant: Callable[..., Applicant]
) -> None:
    someone = applicant("MOVE1001", **window)
    open_with_the_declared_answer(someone)
    send_for_review(someone, OTHER_CAUSE, "My bus line ends before the office opens. <b>Ñandú</b> 象")


@window
@pytest.mark.parametrize("number", NOT_MOVABLE_HERE)
def test_an_appointment_that_cannot_be_moved_here_says_so_and_offers_no_time(
    number: str, window: dict[str, Any], applicant: Callable[..., Applicant]
) -> None:
    someone = applicant(number, **window)
    open_with_the_declared_answer(someone)
    expect(someone.way_to_a_new_time()).to_have_count(0)


@pytest.mark.parametrize("number", ["MOVE1001", "MOVE1005"])
def test_the_journey_can_be_made_on_a_phone_with_a_very_slow_line(
    number: str, applicant: Callable[..., Applicant]
) -> None:
    someone = applicant(number, **SLOW_PHONE)
    someone.page.set_default_timeout(60_000)
    slow_down(someone.page)
    move_all_the_way(someone)
    assert not someone.page.evaluate("'htmx' in window")  # boot.js leaves it out on such a line


def slow_down(page: Page) -> None:
    """Throttles the window as a 2G line would."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    line = {"offline": False, "connectionType": "cellular2g", **SECOND_GENERATION}
    session.send("Network.emulateNetworkConditions", line)


def open_with_the_declared_answer(someone: Applicant) -> None:
    someone.open_own_page()
    assert (someone.verdict(), someone.rules()) == (someone.told["verdict"], someone.told["rules"])


def send_for_review(someone: Applicant, *wish: str) -> Receipt:
    someone.choose_a_time(*wish)
    someone.look_it_over()
    expect(someone.page.locator("[data-verdict=needs_review]")).to_be_visible()
    receipt = someone.confirm()
    assert receipt.result == "sent_for_review"
    someone.page.goto(someone.own)
    expect(someone.page.locator("#waiting")).to_be_visible()
    proof_is_public(someone, receipt)
    return receipt


def move_all_the_way(someone: Applicant) -> None:
    open_with_the_declared_answer(someone)
    used, old = someone.moves_used(), someone.calendar()
    start = someone.choose_a_time()
    someone.look_it_over()
    receipt = someone.confirm()
    assert receipt.result == "moved"
    notice_says(someone, start)
    calendar_says(someone, start, old)
    proof_is_public(someone, receipt)
    someone.page.goto(someone.own)
    assert someone.moves_used() == used + 1


def notice_says(someone: Applicant, start: str) -> None:
    someone.page.goto(f"{someone.own}/notice")
    shown = someone.page.locator("article.notice time").first.get_attribute("datetime")
    assert datetime.fromisoformat(str(shown)) == datetime.fromisoformat(start)


def calendar_says(someone: Applicant, start: str, old: Any) -> None:
    new = someone.calendar()
    assert new["UID"] == old["UID"]
    assert new["SEQUENCE"] > old["SEQUENCE"]
    assert new["DTSTART"].dt == datetime.fromisoformat(start)


def proof_is_public(someone: Applicant, receipt: Receipt) -> None:
    """Anyone with the code learns the result, and nothing of whose it is."""
    someone.page.goto(f"{someone.address}/receipts/{receipt.code}")
    assert someone.receipt() == receipt
    shown = someone.page.locator("main").inner_text()
    for private in ("reference", "confirmation_number", "date_of_birth", "form", "account"):
        assert someone.told[private] not in shown
