"""The files that `make install` writes: compressed copies that open again, compiled catalogues, nothing stale."""

import gzip
from pathlib import Path

import brotli
from babel.messages.mofile import read_mo

from tools.assets import compile_catalogues, compress_all

STYLES = "body { color: #211c16 }\n" * 40
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Move"
msgstr "Cambiar"

#, fuzzy
msgid "Back"
msgstr "Adelante"
"""


def test_each_static_file_gets_both_copies_with_the_same_content(tmp_path: Path) -> None:
    (tmp_path / "vendor").mkdir()
    (tmp_path / "site.css").write_text(STYLES)
    (tmp_path / "vendor" / "boot.js").write_text("let a = 1\n")
    assert compress_all(tmp_path) == 2
    assert brotli.decompress((tmp_path / "site.css.br").read_bytes()).decode() == STYLES
    assert gzip.decompress((tmp_path / "vendor" / "boot.js.gz").read_bytes()) == b"let a = 1\n"


def test_copies_are_the_same_bytes_each_time_and_are_not_copied_again(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text(STYLES)
    compress_all(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert compress_all(tmp_path) == 1
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_the_copy_of_a_file_that_is_gone_goes_too(tmp_path: Path) -> None:
    (tmp_path / "site.css").write_text(STYLES)
    compress_all(tmp_path)
    (tmp_path / "site.css").unlink()
    compress_all(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_catalogue_is_compiled_without_its_guesses(tmp_path: Path) -> None:
    folder = tmp_path / "es" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "messages.po").write_text(CATALOGUE)
    assert compile_catalogues(tmp_path) == 1
    with (folder / "messages.mo").open("rb") as compiled:
        catalogue = read_mo(compiled)
    assert catalogue.get("Move").string == "Cambiar"
    assert catalogue.get("Back") is None
