"""Templates by themselves: they parse, carry no script and no inline style, and use htmx for reading only."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, meta

from tests.house.tree import ROOT, name, templates

ENVIRONMENT = Environment(
    loader=FileSystemLoader(ROOT / "templates"), extensions=["jinja2.ext.i18n"], autoescape=True
)
PAGES = [path for path in templates() if path.suffix == ".html"]
HTMX = {"hx-get", "hx-target", "hx-swap", "hx-trigger", "hx-include", "hx-indicator"}
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


class Elements(HTMLParser):
    """The start tags of a template, with their attributes; what Jinja fills in stands as one letter."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(JINJA.sub("x", path.read_text()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def elements(path: Path) -> list[tuple[str, dict[str, str | None]]]:
    return Elements(path).found


@pytest.mark.parametrize("path", templates(), ids=name)
def test_a_template_parses_and_names_only_templates_that_exist(path: Path) -> None:
    tree = ENVIRONMENT.parse(path.read_text(), name=name(path))
    missing = {
        other
        for other in meta.find_referenced_templates(tree)
        if other and not (ROOT / "templates" / other).is_file()
    }
    assert not missing


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_holds_no_script_and_no_handlers(path: Path) -> None:
    for tag, attributes in elements(path):
        assert tag != "script" or attributes.get("src"), "a script must be a file"
        assert not [key for key in attributes if key.startswith("on")], tag
        assert not (attributes.get("href") or "").startswith("javascript:")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_template_styles_nothing_by_hand(path: Path) -> None:
    assert not [tag for tag, attributes in elements(path) if "style" in attributes]


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_an_enhanced_link_is_a_real_link(path: Path) -> None:
    bare = [attributes for tag, attributes in elements(path) if tag == "a" and not attributes.get("href")]
    assert not bare


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_htmx_reads_and_forms_write(path: Path) -> None:
    used = {
        key for _, attributes in elements(path) for key in attributes if key.startswith(("hx-", "data-hx-"))
    }
    assert used <= HTMX


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_a_form_says_where_it_goes(path: Path) -> None:
    assert not [given for tag, given in elements(path) if tag == "form" and not given.get("action")]
