"""`flask judge` as a program where nothing is set up: no folder to write in, no database, no key."""

import json
import subprocess

import pytest

from tests.demonstration import FLASK, ROOT, demonstration_environment


@pytest.fixture
def judged() -> subprocess.CompletedProcess[str]:
    """What the reference cases come to, judged where no folder can be made."""
    environment = demonstration_environment(ROOT / "app.py" / "nowhere")
    cases = json.loads((ROOT / "models" / "reference" / "golden.json").read_text())
    asked = [case for case in cases if case["system"] == "biometrics"]
    return subprocess.run(
        [*FLASK, "judge"], cwd=ROOT, env=environment, input=json.dumps(asked),
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_it_judges_without_anything(judged: subprocess.CompletedProcess[str]) -> None:
    assert judged.returncode == 0, judged.stderr
    assert {answer["verdict"] for answer in json.loads(judged.stdout)} >= {
        "allowed",
        "needs_review",
        "blocked",
    }
