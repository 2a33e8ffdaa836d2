"""Pages against a bare Flask answer of the same bytes: CPU over HTTP, and time within the process."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench import ground, inside, load, servers
from bench.bare import create_app as create_bare
from bench.measuring import Figure, cpu_seconds, in_turns, seconds_a_call

TURNS = 7
CALLS = 40  # a turn, of each page
FASTER = 5  # times as many calls of the bare answer, which is over sooner
PEOPLE = 40  # so that no limit of one account is in the way


@dataclass(frozen=True)
class Page:
    """An address of the product; `{…}` is filled with a person's own."""

    name: str
    path: str
    goals: tuple[str, str] = ("", "")  # over HTTP, in the process


PAGES = (
    Page("slot page", "{move}?day={day}", (">= 0.4", ">= 0.25")),
    Page("fragment days", "{move}/days?month={month}"),
    Page("fragment slots", "{move}/slots?day={day}"),
    Page("fragment verdict", "{move}/verdict?slot={slot}&good_cause=illness_or_medical"),
    Page("appointment page", "/appointments/{reference}"),
    Page("start page", "/es/"),
    Page("rules page", "/es/rules/biometrics"),
)


def measure() -> list[Figure]:
    """Each page in turns with its bare answer: first in the process, then over HTTP."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'pages.sqlite3'}"
        with ground.open_ground(url, folder) as app:
            office = ground.add_office()
            slots = ground.add_places(office)
            movers = ground.add_movers(app, office, PEOPLE, "es")
            paths = {page: [_path(page, mover, slots[3]) for mover in movers] for page in PAGES}
            figures = [
                figure
                for page in PAGES
                for figure in _in_process(app, page, paths[page][0], movers[0].cookie, folder)
            ]
        with servers.goodcause(folder, url) as product:
            for page in PAGES:
                figures += _over_http(product, page, paths[page], movers, folder)
    return figures


def _path(page: Page, mover: ground.Mover, slot: int) -> str:
    day = ground.first_day()
    return page.path.format(
        move=mover.address, day=day, month=f"{day:%Y-%m}", slot=slot, reference=mover.reference
    )


def _file(folder: Path, page: Page) -> Path:
    return folder / page.name.replace(" ", "-")


def _in_process(app: ground.Flask, page: Page, path: str, cookie: str, folder: Path) -> list[Figure]:
    send = inside.request(app, path, cookie)
    status, body = send()
    if not status.startswith("200"):
        raise RuntimeError(f"{path} answered {status}")
    _file(folder, page).write_bytes(body)
    plain = inside.request(create_bare(body), "/page", cookie)
    taken = in_turns(
        TURNS,
        bare=lambda: seconds_a_call(plain, CALLS * FASTER),
        product=lambda: seconds_a_call(send, CALLS),
    )
    return [
        Figure(
            "pages",
            f"{page.name}, in the process / bare",
            taken["bare"] / taken["product"],
            goal=page.goals[1],
        ),
        Figure("pages", f"{page.name}, in the process", taken["product"] * 1e3, "ms"),
    ]


def _over_http(
    product: servers.Server, page: Page, paths: list[str], movers: list[ground.Mover], folder: Path
) -> list[Figure]:
    scripts = [[load.get(path, mover.cookie)] for path, mover in zip(paths, movers, strict=True)]
    plain = [[load.get("/page", movers[0].cookie)]] * CALLS * FASTER
    with servers.bare(_file(folder, page)) as bare:
        taken = in_turns(TURNS, bare=lambda: _cpu(bare, plain), product=lambda: _cpu(product, scripts))
    return [
        Figure(
            "pages",
            f"{page.name}, CPU over HTTP / bare",
            taken["bare"] / taken["product"],
            goal=page.goals[0],
        )
    ]


def _cpu(server: servers.Server, scripts: list[load.Script]) -> float:
    """CPU seconds of the server for one answer."""
    before = cpu_seconds(server.pids)
    answers, _took = load.drive(server.port, scripts)
    if faulty := [answer.status for answer in answers if answer.status != 200]:
        raise RuntimeError(f"answered {faulty[0]}")
    return (cpu_seconds(server.pids) - before) / len(scripts)
