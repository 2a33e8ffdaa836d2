"""What stays in a browser: nothing in its stores, nothing to see after signing out, no script before it is wanted."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey import Applicant

STORES = "() => ({...localStorage, ...sessionStorage})"
LOADED = "() => performance.getEntriesByType('resource').map(one => one.name)"
HTMX_IS_THERE = "() => 'htmx' in window"
ASKED_AFTER_LOADING = """() => {
  const [page] = performance.getEntriesByType("navigation")
  const [library] = performance.getEntriesByName(document.querySelector("script[src*=htmx]").src)
  return library.startTime >= page.loadEventStart
}"""
SAVES_DATA = "Object.defineProperty(navigator, 'connection', {value: {saveData: true, effectiveType: '4g'}})"


def private_words(someone: Applicant) -> tuple[str, ...]:
    return (someone.told["reference"], someone.told["confirmation_number"], "Nguyễn", someone.told["account"])


def shown(page: Page) -> str:
    return page.locator("body").inner_text() + page.content()


def test_a_journey_leaves_nothing_in_the_stores_of_the_browser(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("MOVE1002")
    someone.open_own_page()
    someone.choose_a_time()
    someone.page.wait_for_function(HTMX_IS_THERE)
    someone.look_it_over()
    someone.page.go_back()
    someone.page.go_forward()
    someone.confirm()
    assert someone.page.evaluate(STORES) == {}
    cookies = {cookie["name"]: cookie for cookie in someone.page.context.cookies()}
    assert set(cookies) == {"goodcause"}
    assert cookies["goodcause"]["httpOnly"]
    assert cookies["goodcause"]["sameSite"] == "Lax"
    assert cookies["goodcause"]["expires"] == -1  # gone with the window


def test_after_signing_out_going_back_shows_nothing_private(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("MOVE1002")
    someone.open_own_page()
    assert "Nguyễn" in shown(someone.page)
    someone.press("header form button")
    expect(someone.page).to_have_url(f"{someone.address}/")
    for go in (someone.page.go_back, someone.page.go_back, someone.page.go_forward):
        go()
        for private in private_words(someone)[1:]:
            assert private not in shown(someone.page), someone.page.url
    someone.page.goto(someone.own)
    expect(someone.page.locator("#email")).to_be_visible()


def test_public_pages_set_no_cookie(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("MOVE1001")
    for path in ("/", "/rules/biometrics", "/check/biometrics", "/guide/moving", "/receipts/GC-0000-0000"):
        someone.page.goto(someone.address + path)
    assert someone.page.context.cookies() == []
    assert someone.page.evaluate(STORES) == {}


def test_the_library_is_asked_for_after_everything_else(applicant: Callable[..., Applicant]) -> None:
    someone = applicant("MOVE1001")
    someone.page.goto(f"{someone.address}/check/biometrics")
    someone.page.wait_for_function(HTMX_IS_THERE)
    assert someone.page.evaluate(ASKED_AFTER_LOADING)


def test_who_saves_data_does_without_the_library_and_misses_nothing(
    applicant: Callable[..., Applicant],
) -> None:
    someone = applicant("MOVE1003")
    someone.page.add_init_script(SAVES_DATA)
    someone.open_own_page()
    someone.choose_a_time()
    assert "day=" in someone.page.url  # by a link
    assert not [name for name in someone.page.evaluate(LOADED) if "htmx" in name]
    someone.look_it_over()
    assert someone.confirm().result == "moved"


def test_with_the_library_a_day_is_shown_on_the_same_page(applicant: Callable[..., Applicant]) -> None:
    """The control of the journeys: with script they go by fragments."""
    someone = applicant("MOVE1003")
    someone.open_own_page()
    someone.way_to_a_new_time().click()
    someone.page.wait_for_function(HTMX_IS_THERE)
    with someone.page.expect_response(lambda answer: "/move/slots?" in answer.url) as asked:
        someone.page.locator("#days a.day:not(.mine)").first.click()
    assert asked.value.request.headers["hx-request"] == "true"
    expect(someone.page.locator("#slots label").first).to_be_visible()
    expect(someone.page.locator("#days a.on")).to_have_count(1)
    someone.page.locator("#slots label").first.click()
    someone.page.locator("[name=good_cause]").first.check()
    expect(someone.page.locator("#verdict [data-verdict=allowed]")).to_be_visible()
    assert someone.page.url.endswith("/move")


@pytest.mark.parametrize("path", ["/sign-in", "/check/biometrics", "/nothing"])
def test_a_page_may_not_be_framed(applicant: Callable[..., Applicant], path: str) -> None:
    someone = applicant("MOVE1001")
    answer = someone.page.goto(someone.address + path)
    assert answer
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
