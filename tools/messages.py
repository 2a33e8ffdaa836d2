"""Collects the sentences of code and templates and brings every catalogue up to date."""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "views" / "translations"
LAZY_KEYWORDS = {"_l": None, "lazy_gettext": None, "lazy_ngettext": (1, 2), "lazy_pgettext": ((1, "c"), 2)}
KEYWORDS = {**DEFAULT_KEYWORDS, **LAZY_KEYWORDS}
METHODS = {".py": "python", ".html": "jinja2.ext.babel_extract", ".txt": "jinja2.ext.babel_extract"}
OPTIONS = {"jinja2.ext.babel_extract": {"silent": "false", "trimmed": "true"}}


def sources() -> list[Path]:
    """Every file that may hold a sentence for people."""
    found = [ROOT / "app.py", *(ROOT / "views").rglob("*.py"), *(ROOT / "templates").rglob("*")]
    return sorted(path for path in found if path.suffix in METHODS and path.is_file())


def collected() -> Catalog:
    """The sentences as the sources hold them now; a place is a file without a line, so that catalogues stay calm."""
    catalogue = Catalog(project="Goodcause")
    for path in sources():
        method = METHODS[path.suffix]
        options = OPTIONS.get(method)
        for _, sentence, comments, context in extract_from_file(
            method,
            path,
            keywords=KEYWORDS,
            comment_tags=("Translators:",),
            options=options,
            strip_comment_tags=True,
        ):
            place = [(path.relative_to(ROOT).as_posix(), None)]
            catalogue.add(sentence, None, place, auto_comments=comments, context=context)
    return catalogue


def read(path: Path) -> Catalog:
    with path.open("rb") as lines:
        return read_po(lines, locale=path.parent.parent.name)


def forms(text: str | tuple[str, ...] | list[str] | None) -> list[str]:
    """A sentence as a list: one form, or one for each plural; nothing is one empty form."""
    return [text] if isinstance(text, str) else list(text or [""])


def begun(path: Path) -> Catalog:
    """The catalogue as it is, or an empty one of a language that is new."""
    tag = path.parent.parent.name
    if path.exists():
        return read(path)
    return Catalog(
        locale=tag, project="Goodcause", version="", header_comment=f"# Goodcause in {tag}.", fuzzy=False
    )


def catalogue_paths(new_languages: list[str]) -> list[Path]:
    """The catalogues there are, and those to begin."""
    there = TRANSLATIONS.glob("*/LC_MESSAGES/messages.po")
    return sorted({*there, *(TRANSLATIONS / tag / "LC_MESSAGES" / "messages.po" for tag in new_languages)})


def main() -> None:
    """Languages named on the command line are begun."""
    template = collected()
    for path in catalogue_paths(sys.argv[1:]):
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = begun(path)
        # Guessed translations are worse than none: they look finished.
        catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
        with path.open("wb") as target:
            write_po(
                target, catalogue, width=110, ignore_obsolete=True, sort_output=True, include_lineno=False
            )
        waiting = sum(1 for message in catalogue if message.id and not all(forms(message.string)))
        sys.stdout.write(f"{path.relative_to(ROOT)}: {len(catalogue)} sentences, {waiting} to translate\n")


if __name__ == "__main__":
    main()
