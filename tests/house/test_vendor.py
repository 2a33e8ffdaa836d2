"""What others wrote is pinned: a version in its name, a checksum, a licence beside it."""

import hashlib
import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT, VENDORED, name

MADE = {".br", ".gz"}
FOLDERS = [ROOT / folder for folder in sorted(VENDORED)]


def foreign(folder: Path) -> list[Path]:
    """The vendored files themselves, without the papers beside them."""
    kept = [path for path in folder.iterdir() if path.suffix not in MADE]
    return [path for path in kept if path.name != "SHA256SUMS" and not path.name.startswith("LICENSE")]


def sums(folder: Path) -> dict[str, str]:
    lines = (folder / "SHA256SUMS").read_text().splitlines()
    return {
        file.strip().lstrip("*"): checksum for checksum, file in (line.split(maxsplit=1) for line in lines)
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_every_vendored_file_has_the_checksum_that_is_written_down(folder: Path) -> None:
    files = foreign(folder)
    assert files
    actual = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    written = {file: checksum for file, checksum in sums(folder).items() if not file.startswith("LICENSE")}
    assert actual == written


@pytest.mark.parametrize("path", [path for folder in FOLDERS for path in foreign(folder)], ids=name)
def test_every_vendored_file_names_its_version_and_has_its_licence(path: Path) -> None:
    assert re.search(r"-\d+\.\d+\.\d+\.", path.name)
    licences = list(path.parent.glob(f"LICENSE-{path.name.split('-')[0]}*"))
    assert licences
    assert all(len(licence.read_text()) > 200 for licence in licences)
