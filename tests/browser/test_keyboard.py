"""The whole journey with a keyboard: Tab, Space, arrows and Enter, and always to be seen where one is."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey import Applicant

MOST_TABS = 70  # a month of days, twice the rest of a page
IS_FOCUSED = "wanted => document.activeElement.matches(wanted)"
# the frame stands round the element itself, or round the tile that holds it
FRAME_IS_SEEN = """() => {
  const here = document.activeElement, places = [here, here.closest("label"), here.nextElementSibling]
  return places.some(place => place && getComputedStyle(place).outlineStyle !== "none"
    && parseFloat(getComputedStyle(place).outlineWidth) >= 2)
}"""
ON_SCREEN = """() => {
  const box = document.activeElement.getBoundingClientRect()
  return box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
}"""


class Keys:
    """Somebody without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def enter(self) -> None:
        """Enter, where it leads to another page."""
        with self.page.expect_navigation():
            self.press("Enter")

    def on(self, wanted: str) -> bool:
        return bool(self.page.evaluate(IS_FOCUSED, wanted))

    def must_be_seen(self) -> None:
        assert self.page.evaluate(FRAME_IS_SEEN), f"no frame round {self.here()}"
        assert self.page.evaluate(ON_SCREEN), f"off the screen: {self.here()}"

    def here(self) -> str:
        return str(self.page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))

    def tab_to(self, wanted: str) -> None:
        """Presses Tab until there; wherever it stops on the way, one sees where."""
        for _ in range(MOST_TABS):
            self.press("Tab")
            self.must_be_seen()
            if self.on(wanted):
                return
        raise AssertionError(f"no way to {wanted} by Tab; now at {self.here()}")

    def type_into(self, wanted: str, text: str) -> None:
        self.tab_to(wanted)
        self.page.keyboard.type(text)


@pytest.fixture(params=[True, False], ids=["with-script", "without-script"])
def someone(request: pytest.FixtureRequest, applicant: Callable[..., Applicant]) -> Applicant:
    return applicant("MOVE1006", java_script_enabled=request.param)


def sign_in_by_keys(someone: Applicant, keys: Keys) -> None:
    someone.page.goto(f"{someone.address}/sign-in")
    keys.type_into("#email", someone.told["account"])
    keys.enter()
    code = someone.page.locator("[data-demo-code]").inner_text()
    keys.type_into("#code", code)
    keys.enter()
    expect(someone.page).to_have_url(f"{someone.address}/appointments")


def find_by_keys(someone: Applicant, keys: Keys) -> None:
    someone.page.goto(f"{someone.address}/appointments/find")
    keys.type_into("#confirmation_number", someone.told["confirmation_number"])
    year, month, day = someone.told["date_of_birth"].split("-")
    for part, number in (("day", day), ("month", month), ("year", year)):
        keys.type_into(f"#date_of_birth-{part}", number)
    keys.tab_to("[name=acting_as]")
    keys.press("ArrowDown", "ArrowUp")  # to another answer and back
    keys.enter()
    expect(someone.page).to_have_url(someone.own)


def choose_by_keys(someone: Applicant, keys: Keys) -> None:
    keys.tab_to("main a[href$='/move']")
    keys.enter()
    keys.tab_to("#days a.day")
    keys.press("Enter")  # with script, the times come onto this page
    expect(someone.page.locator("#slots label").first).to_be_visible()
    someone.page.wait_for_load_state()
    if someone.page.evaluate("'htmx' in window"):
        expect(someone.page.locator("#days a.on")).to_be_focused()  # drawn anew, and still where one was
    keys.tab_to("#slots [name=slot]")
    keys.press("Space")
    assert keys.on("#slots [name=slot]:checked")
    keys.tab_to("[name=good_cause]")
    keys.press("ArrowDown")
    assert keys.on("[name=good_cause]:checked")
    keys.type_into("#good_cause_details", "ok")
    keys.tab_to("#address_changed")
    keys.press("Space", "Space")
    keys.tab_to("#verdict button")
    someone.page.wait_for_timeout(500)  # an answer that comes late draws the box anew
    assert keys.on("#verdict button")
    keys.enter()
    expect(someone.page).to_have_url(f"{someone.own}/move/review")


def test_the_whole_journey_needs_no_mouse(someone: Applicant) -> None:
    keys = Keys(someone.page)
    sign_in_by_keys(someone, keys)
    find_by_keys(someone, keys)
    choose_by_keys(someone, keys)
    keys.tab_to("[name=contact_by]")
    keys.tab_to("form[action$='/move/review'] button:not([formaction])")
    keys.enter()
    assert someone.receipt().result == "moved"
    keys.tab_to("header button")  # signing out is a button too
    keys.enter()
    expect(someone.page).to_have_url(f"{someone.address}/")


def test_the_first_tab_leads_past_the_head_of_the_page(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("MOVE1001")
    keys = Keys(someone.page)
    someone.page.goto(f"{someone.address}/guide/moving")
    keys.press("Tab")
    assert keys.on("a.skip")
    keys.must_be_seen()
    keys.press("Enter")
    assert keys.on("#main")
    keys.press("Tab")
    assert keys.on("main a, main summary")


def test_the_focus_goes_to_what_is_to_be_mended_and_from_there_to_its_field(
    applicant: Callable[..., Applicant],
) -> None:
    someone = applicant("MOVE1001")
    keys = Keys(someone.page)
    sign_in_by_keys(someone, keys)
    someone.page.goto(f"{someone.address}/appointments/find")
    keys.type_into("#confirmation_number", "12")
    keys.enter()
    expect(someone.page.locator("#fix")).to_be_focused()
    keys.must_be_seen()
    keys.tab_to("#fix a")
    keys.press("Enter")
    expect(someone.page.locator("#confirmation_number")).to_be_focused()
    assert someone.page.input_value("#confirmation_number") == "12"
