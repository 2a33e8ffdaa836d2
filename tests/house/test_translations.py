"""Every language is complete and says the same: nothing missing, nothing guessed, the same gaps to fill in."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tests.house.tree import ROOT, name
from tools.messages import TRANSLATIONS, collected, forms, read

CATALOGUES = sorted(TRANSLATIONS.glob("*/LC_MESSAGES/messages.po"))
GAP = re.compile(r"%\((\w+)\)s|%\((\w+)\)d")
BLAMING = re.compile(r"\b(?:invalid|illegal|oops)\b|!(?!\w)", re.IGNORECASE)


def gaps(text: str | tuple[str, ...] | list[str] | None) -> set[str]:
    return {found for form in forms(text) for pair in GAP.findall(form) for found in pair if found}


def sentences(path: Path) -> list[Message]:
    return [message for message in read(path) if message.id]


def test_spanish_is_there() -> None:
    assert TRANSLATIONS / "es" / "LC_MESSAGES" / "messages.po" in CATALOGUES


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_a_catalogue_holds_the_sentences_of_the_sources_and_no_others(path: Path) -> None:
    wanted = {(message.context, message.id) for message in collected() if message.id}
    held = {(message.context, message.id) for message in sentences(path)}
    assert held == wanted, "bring it up to date with: make messages"


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_every_sentence_is_translated_and_none_is_a_guess(path: Path) -> None:
    catalogue = read(path)
    unfinished = [
        message.id for message in sentences(path) if message.fuzzy or not all(forms(message.string))
    ]
    assert not unfinished
    assert not catalogue.obsolete


@pytest.mark.parametrize("path", CATALOGUES, ids=name)
def test_a_translation_leaves_the_same_gaps(path: Path) -> None:
    different = [message.id for message in sentences(path) if gaps(message.id) != gaps(message.string)]
    assert not different
    assert not [problem for message in sentences(path) for problem in message.check(read(path))]


def test_no_sentence_shouts_or_blames() -> None:
    said = [form for message in collected() if message.id for form in forms(message.id)]
    assert said, f"no sentences found below {ROOT.name}"
    assert not [form for form in said if BLAMING.search(form)]
