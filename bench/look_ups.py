"""Whether the time of a look-up tells what it found: every miss must look the same from outside."""

from __future__ import annotations

import tempfile
from pathlib import Path
from statistics import median

from bench import ground, load, servers
from bench.measuring import Figure
from models.cases import Case
from models.people import Account

EACH = 150
MOVERS = 40
BORN, WRONG = "1990-05-15", "1991-06-16"


def measure() -> list[Figure]:
    """Interleaved look-ups of one stranger after another, one at a time."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'look-ups.sqlite3'}"
        with ground.open_ground(url, folder) as app:
            movers = ground.add_movers(app, ground.add_office(), 3 * EACH + MOVERS)
            protected = [mover.number for mover in movers[EACH : 2 * EACH]]
            Case.update(protected=True).where(Case.id.in_(protected)).execute()
            assert Account.select().count() == len(movers)
        askers = movers[3 * EACH :]
        with servers.goodcause(folder, url) as product:
            scripts, kinds = _scripts(movers, askers)
            load.drive(product.port, scripts[:9], connections=1)
            answers, _took = load.drive(product.port, scripts[9:], connections=1)
    taken: dict[str, list[float]] = {kind: [] for kind in kinds[:3]}
    for answer in answers:
        if answer.status != 422:
            raise RuntimeError(f"a miss answered {answer.status}")
        taken[kinds[answer.script + 9]].append(answer.seconds)
    unknown = median(taken["unknown number"])
    return [
        Figure("look-ups", f"{kind} / unknown number, median", median(taken[kind]) / unknown)
        for kind in ("known number, wrong date", "protected, right date")
    ] + [Figure("look-ups", "unknown number, median", unknown * 1e3, "ms")]


def _scripts(movers: list[ground.Mover], askers: list[ground.Mover]) -> tuple[list[load.Script], list[str]]:
    scripts: list[load.Script] = []
    kinds: list[str] = []
    for n in range(EACH):
        known, hidden = movers[n].number, movers[EACH + n].number
        asked = (
            ("known number, wrong date", f"GC{known:08d}", WRONG),
            ("protected, right date", f"GC{hidden:08d}", BORN),
            ("unknown number", f"GX{n:08d}", BORN),
        )
        turned = asked[n % 3 :] + asked[: n % 3]  # nobody always follows the same one
        for step, (kind, number, born) in enumerate(turned):
            scripts.append([_look_up(askers[(3 * n + step) % len(askers)], number, born)])
            kinds.append(kind)
    return scripts, kinds


def _look_up(asker: ground.Mover, number: str, born: str) -> bytes:
    fields = {
        "csrf_token": asker.csrf_token, "confirmation_number": number, "date_of_birth": born, "acting_as": "self",
    }  # fmt: skip
    return load.post("/appointments/find", fields, asker.cookie)
