"""What the tests of the house rules look at: the files of the repository, read once."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
VENDORED = {"static/vendor", "tests/vendor"}
TEXT = {
    "",
    ".css",
    ".csv",
    ".html",
    ".in",
    ".js",
    ".json",
    ".md",
    ".po",
    ".py",
    ".svg",
    ".toml",
    ".txt",
    ".yml",
}


@cache
def files() -> tuple[Path, ...]:
    """Every file that is or would be committed, without what others wrote."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    paths = [ROOT / name for name in sorted(set(listed.split("\0"))) if name]
    return tuple(
        path for path in paths if path.is_file() and path.parent.relative_to(ROOT).as_posix() not in VENDORED
    )


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> list[Path]:
    return [path for path in files() if path.suffix in TEXT]


def python_files(*folders: str) -> list[Path]:
    """The Python files of these folders, or all; `app.py` counts as one of its own."""
    wanted = [path for path in files() if path.suffix == ".py"]
    return [path for path in wanted if not folders or name(path).startswith(folders)]


def templates() -> list[Path]:
    return [path for path in files() if name(path).startswith("templates/")]
