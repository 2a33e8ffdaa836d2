"""The quick check and what people type: read the way it was meant, or asked for again."""

import pytest

from tests.conftest import Clock
from tests.pages import StrictClient, words
from tests.views.quick_checks import NOW, WHOLE, answer
from views.forms.checking import clock_time


@pytest.fixture(autouse=True)
def _now(clock: Clock) -> None:
    clock.set(NOW)


FAULTY = [
    pytest.param({"office": "asc-ZZZ"}, "office", id="an office that is none"),
    pytest.param({"office": "field_office-NEW"}, "office", id="an office of another kind"),
    pytest.param({"office": "XNO\0"}, "office", id="an office with NUL"),
    pytest.param({"office": "x" * 5000}, "office", id="a long office"),
    pytest.param({"date-day": "31", "date-month": "2"}, "date-day", id="31 February"),
    pytest.param(
        {"date-day": "29", "date-month": "2", "date-year": "2027"},
        "date-day",
        id="29 February in a common year",
    ),
    pytest.param({"date-day": "0"}, "date-day", id="day 0"),
    pytest.param({"date-month": "13"}, "date-month", id="month 13"),
    pytest.param({"date-month": "Dec"}, "date-month", id="a month in letters"),
    pytest.param({"date-year": "26"}, "date-year", id="a year of two digits"),
    pytest.param({"date-year": "0000"}, "date-year", id="the year 0"),
    pytest.param({"date-year": "1999"}, "date-year", id="before there were such appointments"),
    pytest.param({"date-year": "2100"}, "date-year", id="a far year"),
    pytest.param({"date-year": "9999"}, "date-year", id="the last year"),
    pytest.param({"time": "25:00"}, "time", id="25 o'clock"),
    pytest.param({"time": "9:75"}, "time", id="75 minutes"),
    pytest.param({"time": "13 pm"}, "time", id="13 pm"),
    pytest.param({"time": "nine"}, "time", id="a time in letters"),
    pytest.param({"time": "9" * 5000}, "time", id="a long time"),
    pytest.param(
        {"date-day": "1", "date-month": "11", "time": "01:30"}, "time", id="a time that comes twice"
    ),
    pytest.param(
        {"date-day": "14", "date-month": "3", "date-year": "2027", "time": "02:30"},
        "time",
        id="a time that is skipped",
    ),
    pytest.param({"moves": "-1"}, "moves", id="fewer than no moves"),
    pytest.param({"moves": "1e9"}, "moves", id="many moves"),
    pytest.param({"moves": ""}, "moves", id="no word about moves"),
    pytest.param({"form": "I-485'--"}, "form", id="a form that is none"),
    pytest.param({"good_cause": "<script>"}, "good_cause", id="a reason that is none"),
    pytest.param({"actor": "admin"}, "actor", id="a role that is none"),
    pytest.param({"under_14": "maybe"}, "under_14", id="neither yes nor no"),
    pytest.param({"place": "moon"}, "place", id="a place that is none"),
]


@pytest.mark.parametrize(("more", "target"), FAULTY)
def test_a_faulty_answer_is_asked_for_again_with_what_was_typed(
    client: StrictClient, more: dict[str, str], target: str
) -> None:
    page = client.page("/check/biometrics", 422, query_string={**WHOLE, **more})
    assert page.title.get_text().startswith("Please fix:")
    assert [link["href"] for link in page.select("#fix a")] == [f"#{target}"]
    assert page.find(id="good_cause").find("option", selected=True) or "good_cause" in more
    assert not page.select("[data-verdict]")


@pytest.mark.parametrize(("more", "target"), FAULTY)
def test_a_faulty_fragment_query_gets_one_sentence(
    client: StrictClient, more: dict[str, str], target: str
) -> None:
    piece = client.fragment("/check/biometrics/verdict", 422, query_string={**WHOLE, **more})
    assert len(piece.body.find_all(True)) == 1
    assert words(piece)


def test_nothing_filled_in_names_everything_that_is_missing(client: StrictClient) -> None:
    page = client.page("/check/biometrics?office=&date-day=&date-month=&date-year=&time=&moves=0", 422)
    assert [link["href"] for link in page.select("#fix a")] == ["#office", "#date-day", "#time"]


@pytest.mark.parametrize(
    "more",
    [
        {"date-day": "٩", "date-month": "१२", "date-year": "２０２６"},
        {"time": "٠٩:٠٠"},
        {"time": "9:00 AM"},
        {"time": "9 a. m."},
        {"office": "xno"},
        {"date-day": " 09 "},
        {"date": "2026-12-09", "date-day": None, "date-month": None, "date-year": None},
    ],
    ids=[
        "digits of other scripts",
        "a time in Arabic digits",
        "am",
        "Spanish am",
        "a bare code",
        "spaces",
        "an ISO date",
    ],
)
def test_answers_are_read_the_way_they_were_meant(client: StrictClient, more: dict[str, str | None]) -> None:
    page = answer(client, **more)
    assert page.select_one("h1 time")["datetime"] == "2026-12-08T21:00:00-05:00"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("9:00", "09:00"),
        ("09.30", "09:30"),
        ("9", "09:00"),
        ("12 am", "00:00"),
        ("12:05 pm", "12:05"),
        ("11:59 p.m.", "23:59"),
        ("2:30 p.\u00a0m.", "14:30"),
        ("23:59", "23:59"),
        ("24:00", None),
        ("0 am", None),
        ("", None),
        ("9:5", None),
        ("9:00 xm", None),
    ],
)
def test_a_time_of_day_is_read_as_people_write_it(typed: str, meant: str | None) -> None:
    read = clock_time(typed)
    assert (read.isoformat("minutes") if read else None) == meant
