"""The lock files install the same everywhere: pinned, hashed, and silent about the machine that wrote them."""

import re
from pathlib import Path

import pytest

from tests.house.tree import ROOT

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-postgres.txt"]
EXTRAS = {"fpdf2", "uharfbuzz", "psycopg", "psycopg-binary"}


def entries(lock: str) -> dict[str, str]:
    """Each requirement's whole text, by name."""
    joined = (ROOT / lock).read_text().replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if line.strip() and not line.startswith("#")]
    return {re.split(r"[=\s\[;@]", line, maxsplit=1)[0]: line for line in lines}


def wanted(source: str) -> set[str]:
    """The names that a person asked for in an .in file."""
    lines = (line.split("#")[0].strip() for line in (ROOT / source).read_text().splitlines())
    return {re.split(r"[\[<>=]", line)[0] for line in lines if line and not line.startswith("-")}


def version(entry: str) -> str:
    return entry.split(maxsplit=1)[0].split("==")[1]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_hashes(lock: str) -> None:
    assert entries(lock)
    for text in entries(lock).values():
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+( ; [^\\]+)?(\s+--hash=sha256:[0-9a-f]{64})+\s*", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_index_no_address_and_no_path(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert not re.search(r"://|--(extra-)?index-url|--find-links|--trusted-host|file:|/", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_what_is_asked_for_is_locked(lock: str) -> None:
    assert wanted(str(Path(lock).with_suffix(".in"))) <= set(entries(lock))


def test_tests_run_on_the_versions_that_the_product_ships_with() -> None:
    product, tests = entries("requirements.txt"), entries("requirements-dev.txt")
    assert {key: version(text) for key, text in product.items()} == {
        key: version(tests[key]) for key in product
    }


def test_the_extras_of_the_product_are_tested() -> None:
    assert set(entries("requirements-dev.txt")) >= EXTRAS
    assert not EXTRAS & set(entries("requirements.txt"))
