"""What people type, read the way they meant it: other scripts' digits, full width, invisible marks."""

from __future__ import annotations

import re
import unicodedata

LINE_ENDS_AND_TABS = frozenset("\n\r\t")
# what a PDF or a keyboard of another script puts where a hyphen is meant
_DASHES = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), "-")
_EMAIL = re.compile(r"[^@\s,;:<>()\"]{1,64}@[^@\s,;:<>()\"]{1,180}\.[^@\s,;:<>()\".]{2,63}")
_PHONE = re.compile(r"\+?[0-9 ()./-]{7,30}")


def plain(text: str) -> str:
    """A number, date, code or address as its simplest equal text; free text and names stay as typed instead."""
    if text.isascii():
        return text.strip()
    known = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(_letter(letter) for letter in known if unicodedata.category(letter) != "Cf").strip()


def has_control(text: str) -> bool:
    """Whether text holds what no keyboard types and no database should keep: NUL, control, half characters."""
    if text.isprintable():
        return False
    return any(
        letter not in LINE_ENDS_AND_TABS and unicodedata.category(letter) in {"Cc", "Cs"} for letter in text
    )


def is_email(text: str) -> bool:
    """Whether plain text looks like one e-mail address; only a letter sent there proves it."""
    return _EMAIL.fullmatch(text) is not None


def is_phone(text: str) -> bool:
    """Whether plain text looks like one telephone number, 7 to 15 digits."""
    return _PHONE.fullmatch(text) is not None and 7 <= sum(map(str.isdigit, text)) <= 15


def _letter(letter: str) -> str:
    """A decimal digit of any script as 0 to 9, every other letter as it is."""
    return str(unicodedata.decimal(letter)) if letter.isdecimal() else letter
