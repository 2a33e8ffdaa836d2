"""Writes the files that are made from others: compiled catalogues (.mo) and compressed static files (.br, .gz)."""

import gzip
import sys
from pathlib import Path

import brotli
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
MADE = {".br", ".gz"}
# Small files and files that are compressed already gain nothing and would only fill the folder.
WORTHWHILE = {".css", ".js", ".svg", ".txt", ".json", ".webmanifest", ".html"}


def compress(source: Path) -> None:
    """Writes both compressed copies beside the source; the same input gives the same bytes."""
    content = source.read_bytes()
    source.with_name(source.name + ".br").write_bytes(brotli.compress(content, quality=11))
    source.with_name(source.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))


def compress_all(folder: Path) -> int:
    """Compresses what is worth it below the folder and removes copies whose source is gone."""
    sources = [path for path in sorted(folder.rglob("*")) if path.suffix in WORTHWHILE and path.is_file()]
    for source in sources:
        compress(source)
    for copy in folder.rglob("*"):
        if copy.suffix in MADE and copy.with_suffix("") not in sources:
            copy.unlink()
    return len(sources)


def compile_catalogues(folder: Path) -> int:
    """Compiles every catalogue; sentences marked fuzzy are left out, so English is shown for them."""
    catalogues = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    for source in catalogues:
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parent.parent.name, abort_invalid=True)
        with source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, catalogue)
    return len(catalogues)


def main() -> None:
    compressed = compress_all(ROOT / "static")
    compiled = compile_catalogues(ROOT / "views" / "translations")
    sys.stdout.write(f"{compressed} static files compressed, {compiled} catalogues compiled\n")


if __name__ == "__main__":
    main()
