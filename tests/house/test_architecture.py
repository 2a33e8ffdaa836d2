"""Layers, sizes and names: the rules that keep any behaviour findable in one guess."""

import ast
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT, name, python_files, templates

LONGEST = 250
WEB = {
    "flask",
    "flask_babel",
    "flask_login",
    "flask_wtf",
    "werkzeug",
    "jinja2",
    "wtforms",
    "babel",
    "whitenoise",
}
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}
FOLDERS_WITH_FOLDERS = {"models/migrations", "models/reference", "views/translations"}
CLOCK_CALLS = {"now", "utcnow", "today"}


def imported(path: Path) -> set[str]:
    """The full names of all modules that a file imports, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def roots(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imported(path)}


def calls(path: Path) -> set[str]:
    """The names of all functions and methods that a file calls, as they are written."""
    found = (node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call))
    return {ast.unparse(called) for called in found}


def clock_calls(path: Path) -> set[str]:
    parts = (call.split(".") for call in calls(path))
    return {
        ".".join(part)
        for part in parts
        if part[-1] in CLOCK_CALLS and part[-2:-1] in (["datetime"], ["date"])
    }


@pytest.mark.parametrize("path", python_files("models/"), ids=name)
def test_models_know_nothing_of_the_web_and_of_views(path: Path) -> None:
    assert not roots(path) & (WEB | {"views", "app"})


@pytest.mark.parametrize("path", python_files("models/rules/"), ids=name)
def test_rules_use_the_standard_library_and_each_other_only(path: Path) -> None:
    foreign = {
        module for module in imported(path)
        if module.split(".")[0] not in sys.stdlib_module_names and not module.startswith("models.rules")
    }  # fmt: skip
    assert not foreign


@pytest.mark.parametrize("path", python_files("models/rules/"), ids=name)
def test_rules_read_no_file_and_no_network(path: Path) -> None:
    assert not calls(path) & {"open", "print", "input"}
    assert not roots(path) & {"io", "os", "pathlib", "socket", "sqlite3", "subprocess", "time", "urllib"}


@pytest.mark.parametrize("path", python_files("views/"), ids=name)
def test_views_never_import_the_app(path: Path) -> None:
    assert "app" not in roots(path)


@pytest.mark.parametrize("path", python_files("models/", "views/", "app.py"), ids=name)
def test_only_one_file_asks_what_time_it_is(path: Path) -> None:
    assert name(path) == "views/clock.py" or not clock_calls(path)


@pytest.mark.parametrize("path", python_files("models/", "views/", "app.py"), ids=name)
def test_only_the_database_file_opens_transactions(path: Path) -> None:
    opened = {
        call for call in calls(path) if call.split(".")[-1] in {"atomic", "transaction", "savepoint", "begin"}
    }
    assert name(path) == "models/database.py" or not opened


@pytest.mark.parametrize("path", [*python_files(), *templates()], ids=name)
def test_no_file_is_longer_than_a_reader_wants(path: Path) -> None:
    lines = len(path.read_text().splitlines())
    assert lines <= LONGEST


@pytest.mark.parametrize("path", python_files(), ids=name)
def test_every_file_is_named_for_what_it_knows(path: Path) -> None:
    assert path.stem not in EMPTY_NAMES


@pytest.mark.parametrize("path", python_files("models/", "views/"), ids=name)
def test_there_is_one_folder_below_models_and_views_at_most(path: Path) -> None:
    folders = name(path.parent).split("/")
    assert len(folders) <= 2 or "/".join(folders[:2]) in FOLDERS_WITH_FOLDERS


@pytest.mark.parametrize("path", [path for path in python_files() if path.name == "__init__.py"], ids=name)
def test_a_package_hands_on_nothing_that_others_made(path: Path) -> None:
    tree = ast.parse(path.read_text())
    bound = {
        alias.asname or alias.name.split(".")[0]
        for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    } - {"annotations"}  # fmt: skip
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert not bound - used
    assert "__all__" not in used


def test_the_top_of_the_tree_holds_what_the_readme_shows() -> None:
    assert {path.name for path in ROOT.glob("*.py")} == {"app.py"}
