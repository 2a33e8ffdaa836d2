"""The month of linked days: counts, what is closed or yours, the strip, the months before and after."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from models.holds import Hold
from models.offices import Closure, Office
from models.slots import Slot, SlotDay
from tests.models.builders import DAY, HOUR, NOW, choose, make_appointment, make_office, make_slot
from views.month import Links, Shown, month_before, month_data, next_month

JANUARY, FEBRUARY = date(2026, 1, 1), date(2026, 2, 1)
LINKS = Links(
    month=lambda month: f"/m/{month:%Y-%m}",
    day=lambda day: f"/d/{day}",
    month_attrs=lambda month: {},
    day_attrs=lambda day: {"hx-get": f"/f/{day}"},
)


@pytest.fixture
def office(app: Flask) -> Office:
    return make_office("XNY", name="Elizabeth Office")


def month(
    app: Flask, office: Office, first: date = JANUARY, now: datetime = NOW, **marks: Any
) -> dict[str, Any]:
    with app.test_request_context():
        return month_data(Shown(office, "biometrics", first, **marks), LINKS, now)


def cells(data: dict[str, Any]) -> dict[int, dict[str, Any]]:
    return {cell["day"]: cell for week in data["weeks"] for cell in week if cell}


def at(office: Office, day: int, places: int = 1, hour: int = 15, **changes: Any) -> Slot:
    return make_slot(
        office=office, starts_at=datetime(2026, 1, day, hour, tzinfo=UTC), places=places, **changes
    )


def test_open_days_are_links_with_their_places_and_others_are_not(app: Flask, office: Office) -> None:
    at(office, 20, 2)
    at(office, 20, 1, hour=16)
    at(office, 21, free=0)
    found = cells(month(app, office))
    assert (found[20]["state"], found[20]["places"], found[20]["url"]) == ("open", 3, "/d/2026-01-20")
    assert found[20]["label"] == "Tuesday 20\u00a0January, 3 places"
    assert found[20]["attrs"] == {"hx-get": "/f/2026-01-20"}
    assert (found[21]["state"], "url" in found[21]) == ("full", False)
    assert (found[22]["state"], "url" in found[22]) == ("closed", False)


def test_every_day_stands_under_its_weekday(app: Flask, office: Office) -> None:
    data = month(app, office)
    assert data["weekdays"][0]["full"] == "Sunday"
    assert {len(week) for week in data["weeks"]} == {7}
    for week in data["weeks"]:
        for place, cell in enumerate(week):
            assert cell is None or date(2026, 1, cell["day"]).isoweekday() % 7 == place
    assert sorted(cells(data)) == list(range(1, 32))


def test_days_that_are_over_and_days_off_are_closed(app: Flask, office: Office) -> None:
    at(office, 13)
    Closure.create(office=office, day=at(office, 20).day)
    found = cells(month(app, office))
    assert (found[13]["state"], found[20]["state"]) == ("closed", "closed")


def test_of_today_only_what_is_ahead_counts(app: Flask, office: Office) -> None:
    make_slot(office=office, starts_at=NOW - HOUR)
    make_slot(office=office, starts_at=NOW + HOUR, places=2)
    assert cells(month(app, office))[14]["places"] == 2


def test_a_lapsed_hold_counts_as_open_and_the_own_one_too(app: Flask, office: Office) -> None:
    slot = at(office, 20)
    choose(make_appointment(slot=at(office, 28, free=0)), slot)
    assert cells(month(app, office))[20]["state"] == "full"
    assert cells(month(app, office, own_place=slot.day))[20]["places"] == 1
    assert cells(month(app, office, now=Hold.get().until))[20]["places"] == 1


def test_the_chosen_day_and_ones_own_are_marked(app: Flask, office: Office) -> None:
    found = cells(month(app, office, chosen=date(2026, 1, 20), yours=date(2026, 1, 24)))
    assert [day for day, cell in found.items() if cell["chosen"]] == [20]
    assert [day for day, cell in found.items() if cell["yours"]] == [24]


def test_the_strip_has_a_bar_a_day_and_says_where_most_places_are(app: Flask, office: Office) -> None:
    at(office, 20, 3)
    at(office, 22, 9)
    strip = month(app, office, chosen=date(2026, 1, 20))["strip"]
    assert [(bar["day"], bar["places"]) for bar in strip["days"] if bar["places"]] == [(20, 3), (22, 9)]
    assert (len(strip["days"]), [bar["day"] for bar in strip["days"] if bar["chosen"]]) == (31, [20])
    assert strip["text"] == "Open places each day. Most: Thu 22\u00a0Jan (9)."


def test_tall_bars_keep_their_proportion(app: Flask, office: Office) -> None:
    for day, places in ((20, 1), (21, 34), (22, 68)):
        at(office, day, places)
    bars = {bar["day"]: bar["places"] for bar in month(app, office)["strip"]["days"]}
    assert (bars[20], bars[21], bars[22]) == (1, 9, 17)


def test_a_month_without_places_has_no_strip(app: Flask, office: Office) -> None:
    at(office, 21, free=0)
    assert month(app, office)["strip"] is None


def test_one_turns_only_where_there_may_be_something_to_see(app: Flask, office: Office) -> None:
    at(office, 20)
    data = month(app, office)
    assert (data["previous"], data["next"]) == (None, None)
    make_slot(office=office, starts_at=NOW + 30 * DAY)
    assert month(app, office)["next"]["url"] == "/m/2026-02"
    data = month(app, office, FEBRUARY)
    assert (data["previous"]["url"], data["previous"]["name"], data["next"]) == (
        "/m/2026-01",
        "January\u00a02026",
        None,
    )


def test_the_office_decides_which_month_it_is(app: Flask, office: Office) -> None:
    guam = make_office(time_zone="Pacific/Guam")
    new_month = datetime(2026, 1, 31, 15, tzinfo=UTC)  # already 1 February in Guam
    assert month(app, guam, FEBRUARY, new_month)["previous"] is None
    assert month(app, office, FEBRUARY, new_month)["previous"]


@pytest.mark.parametrize("first", [date(2026, month, 1) for month in range(1, 13)] + [date(2028, 2, 1)])
def test_the_months_follow_each_other(first: date) -> None:
    assert month_before(next_month(first)) == first
    assert next_month(first).day == 1


def test_other_services_and_offices_do_not_count(app: Flask, office: Office) -> None:
    at(office, 20, system="visit")
    at(make_office(), 20)
    assert SlotDay.select().count() == 2
    assert cells(month(app, office))[20]["state"] == "closed"


def test_in_spanish_days_and_months_are_spanish(app: Flask, office: Office) -> None:
    at(office, 20)
    with app.test_request_context(headers={"Accept-Language": "es"}):
        data = month_data(Shown(office, "biometrics", JANUARY), LINKS, NOW)
    assert data["title"] == "Enero\u00a0de\u00a02026"
    assert data["weekdays"][1] == {"short": "Lun", "full": "lunes"}
