"""What is committed: nothing of anybody's machine, nothing left for later, and the commands that were promised."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name, texts

FOLDERS = "work|root|tmp|home"
MACHINE_PATHS = re.compile(rf"(?<![\w.:/-])/({FOLDERS})/")
LEFT_FOR_LATER = re.compile(
    r"\b(?:" + "|".join(["TO" + "DO", "FIX" + "ME", "HA" + "CK", "TB" + "D"]) + r")\b"
)
TARGETS = {"install", "run", "test", "check", "bench", "lock", "messages", "help"}


@pytest.mark.parametrize("path", texts(), ids=name)
def test_no_file_names_a_folder_of_somebodys_machine(path: Path) -> None:
    assert not MACHINE_PATHS.findall(path.read_text())


@pytest.mark.parametrize("path", texts(), ids=name)
def test_nothing_is_left_for_later(path: Path) -> None:
    assert not LEFT_FOR_LATER.findall(path.read_text())


def test_make_offers_every_promised_command_and_explains_it() -> None:
    command = ["make", "--no-print-directory", "help"]  # below another make it would also name the folder
    printed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert {line.split()[1] for line in printed.splitlines()} == TARGETS


def test_the_integration_run_can_be_read_by_bash() -> None:
    subprocess.run(["bash", "-n", ROOT / ".ci" / "run"], check=True)
