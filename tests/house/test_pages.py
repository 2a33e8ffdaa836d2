"""The strict client itself: it must object to each fault, or no page is checked at all."""

import pytest
from bs4 import BeautifulSoup

from tests.pages import faults_of_page, filled_in

GOOD = """<!doctype html><html lang="en" dir="ltr"><head><title>Find your appointment - Goodcause</title></head>
<body><p>Not a government site.</p><h1>Find your appointment</h1>
<form action="/find" method="post"><label for="n">Number</label><input id="n" name="n" aria-describedby="hint">
<p id="hint">On your notice</p><input type="hidden" name="csrf_token" value="x"></form>
<a href="#list" hx-get="/list" hx-target="#list">Later</a><div id="list"></div></body></html>"""

FAULTS = {
    "a second h1": (
        "<h1>Find your appointment</h1>",
        "<h1>Find your appointment</h1><h1>Again</h1>",
        "2 h1 elements",
    ),
    "no h1": ("<h1>Find your appointment</h1>", "", "0 h1 elements"),
    "another title": ("<title>Find your", "<title>Search for", "does not begin like the h1"),
    "no lang": ('lang="en" ', "", "no lang"),
    "the wrong dir": ('dir="ltr"', 'dir="rtl"', "has dir"),
    "Arabic from the left": ('lang="en"', 'lang="ar"', "has dir"),
    "silence about the government": ("Not a government site.", "Hello.", "government"),
    "an id twice": ('<p id="hint">', '<p id="n">', "is there 2 times"),
    "no label": ('<label for="n">Number</label>', "", "no label"),
    "a label of another field": ('for="n"', 'for="m"', "no label"),
    "a hint that is gone": ('<p id="hint">', "<p>", "aria-describedby"),
    "a form without action": ('action="/find"', "", "without action"),
    "a GET form with a key": ('method="post"', 'method="get"', "GET form carries"),
    "a target that is gone": ('<div id="list">', "<div>", "hx-target"),
    "a link to nothing": ('href="#list" ', "", "without href"),
}


def faults(html: str) -> list[str]:
    return faults_of_page(BeautifulSoup(html, "html5lib"))


def test_a_good_page_passes() -> None:
    assert faults(GOOD) == []


def test_a_title_may_begin_with_the_words_that_ask_for_a_fix() -> None:
    assert faults(GOOD.replace("<title>", "<title>Please fix: ")) == []


@pytest.mark.parametrize(("right", "wrong", "complaint"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_named(right: str, wrong: str, complaint: str) -> None:
    assert right in GOOD
    assert complaint in "\n".join(faults(GOOD.replace(right, wrong)))


FORM = """<form action="/move" method="post"><input type="hidden" name="key" value="k"><input name="empty">
<input type="radio" name="slot" value="1"><input type="radio" name="slot" value="2" checked>
<input type="checkbox" name="address_changed" value="y"><textarea name="details">
two
lines</textarea><select name="office"><option value="a">A</option><option value="b" selected>B</option></select>
<select name="first"><option>One</option><option>Two</option></select>
<input name="off" value="x" disabled><button name="show" value="day">Show</button></form>"""


def test_a_form_is_filled_in_as_a_browser_would() -> None:
    form = BeautifulSoup(FORM, "html5lib").form
    assert form is not None
    assert filled_in(form) == {
        "key": "k", "empty": "", "slot": "2", "details": "two\nlines", "office": "b", "first": "One",
    }  # fmt: skip
