"""Programs that the tests need beside Python: asked for from Debian's packages, or fetched as a locked package."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 900  # seconds for downloading and unpacking


def install_with_apt(package: str) -> None:
    """Asks Debian's package manager, where that is allowed; a refusal only means that the next way is tried."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with (Path(tempfile.gettempdir()) / "goodcause-apt.lock").open("w") as lock:
        fcntl.flock(
            lock, fcntl.LOCK_EX
        )  # the package manager serves one at a time and turns the next one away
        for command in (["update"], ["install", "-y", "--no-install-recommends", package]):
            subprocess.run(
                ["apt-get", *command], env=quiet, capture_output=True, check=False, timeout=PATIENCE
            )


def found_binaries() -> Path | None:
    """The folder that holds initdb and postgres, the newest version first."""
    on_path = shutil.which("initdb")
    folders = [Path(on_path).resolve().parent] if on_path else []
    installed = Path("/usr/lib/postgresql").glob("*/bin")
    folders += sorted(installed, key=lambda folder: float(folder.parent.name), reverse=True)
    folders += list(Path(sys.prefix).glob("lib/python*/site-packages/pgserver/pginstall/bin"))
    return next(
        (folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()),
        None,
    )


def install_with_pip() -> None:
    """Fetches the server as a locked package; a refusal only means that there is none."""
    locked = ROOT / "requirements-postgres.txt"
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", str(locked)]
    subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)


def server_binaries() -> Path | None:
    for step in (None, partial(install_with_apt, "postgresql"), install_with_pip):
        if step:
            step()
        if folder := found_binaries():
            return folder
    return None
