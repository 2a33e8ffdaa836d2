"""From starting the command to the first answer, and the memory it takes."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import ground, load, servers
from bench.measuring import Figure, in_turns, proportional_memory

TURNS = 5
WARM_UP = 200


def measure() -> list[Figure]:
    """Starts in turns with a bare Flask application on the same server; memory after some load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = f"sqlite:///{folder / 'start.sqlite3'}"
        with ground.open_ground(url, folder) as app:
            office = ground.add_office()
            ground.add_places(office)
            movers = ground.add_movers(app, office, 20)

        def product() -> float:
            with servers.goodcause(folder, url) as started:
                return started.seconds_to_start

        def bare() -> float:
            with servers.bare() as started:
                return started.seconds_to_start

        taken = in_turns(TURNS, bare=bare, product=product)
        scripts = [[load.get(mover.address, mover.cookie)] for mover in movers]
        return [
            Figure(
                "start", "start to first answer / bare Flask", taken["product"] / taken["bare"], goal="<= 2"
            ),
            Figure("start", "start to first answer", taken["product"] * 1e3, "ms"),
            Figure("start", "the same, bare Flask", taken["bare"] * 1e3, "ms"),
            Figure("start", "memory of 1 process after load", _memory(folder, url, 1, scripts), "MiB (PSS)"),
            Figure(
                "start",
                "memory of 2 processes after load",
                _memory(folder, url, 2, scripts),
                "MiB (PSS)",
                "<= 75",
            ),
        ]


def _memory(folder: Path, url: str, processes: int, scripts: list[load.Script]) -> float:
    with servers.goodcause(folder, url, processes=processes) as server:
        load.drive(server.port, scripts * (WARM_UP // len(scripts)))
        return proportional_memory(server.pids)
