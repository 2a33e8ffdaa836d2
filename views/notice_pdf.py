"""The notice as a PDF of one sheet. Needs the extra `pdf`; letters beyond Latin need a system font that has them."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import segno
from markupsafe import Markup

if TYPE_CHECKING:
    from fpdf import FPDF

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
# plain faces in the order tried; each covers other scripts
FACES = (
    "DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansArabic-Regular.ttf", "NotoSansCJK-Regular.ttc",
    "NotoSansDevanagari-Regular.ttf", "NotoSansEthiopic-Regular.ttf", "Arial Unicode.ttf",
)  # fmt: skip
LATIN = "helvetica"
LEFT, RIGHT, TOP, QR_SIDE = 20, 190, 20, 38


def can_print(data: dict[str, Any]) -> bool:
    """Whether the extra is installed and some font has every letter of this notice."""
    return (
        find_spec("fpdf") is not None
        and find_spec("uharfbuzz") is not None
        and _face(_all_text(data)) is not None
    )


def draw(data: dict[str, Any], now: datetime) -> bytes:
    """The sheet; call only where can_print() says so."""
    from fpdf import FPDF

    sheet = FPDF(format="letter")
    sheet.set_creation_date(now)
    sheet.set_title(data["kind"])
    sheet.set_margins(LEFT, TOP)
    sheet.add_page()
    face = _face(_all_text(data))
    if face != LATIN:
        sheet.add_font("notice", fname=str(face))
        sheet.add_font("notice", style="B", fname=str(face))
        sheet.set_text_shaping(True)
    _head(sheet, data, LATIN if face == LATIN else "notice")
    _body(sheet, data, LATIN if face == LATIN else "notice")
    return bytes(sheet.output())


def _head(sheet: FPDF, data: dict[str, Any], family: str) -> None:
    _line(sheet, family, 11, data["kind"])
    _line(sheet, family, 11, data["expected"], before=6)
    for text in data["when"]:
        _line(sheet, family, 22, text, bold=True)
    _line(sheet, family, 11, data["zone"])
    _line(sheet, family, 12, data["office"], bold=True, before=4)
    _line(sheet, family, 11, data["address"])
    if data["qr"]:
        _draw_code(sheet, data, family)


def _body(sheet: FPDF, data: dict[str, Any], family: str) -> None:
    sheet.ln(6)
    for label, value in [*data["facts"], (data["moves_title"], data["moves"])]:
        _line(sheet, family, 11, f"{label}: {_plain(value)}")
    _line(sheet, family, 12, data["bring_title"], bold=True, before=6)
    for text in data["bring"]:
        sheet.rect(LEFT, sheet.get_y() + 1.5, 4, 4)
        sheet.set_x(LEFT + 7)
        _line(sheet, family, 11, _plain(text), left=LEFT + 7)
    sheet.ln(6)
    for bold, text in data["foot"]:
        _line(sheet, family, 9, bold, bold=True)
        _line(sheet, family, 9, text)


def _line(
    sheet: FPDF,
    family: str,
    size: int,
    text: str,
    *,
    bold: bool = False,
    before: float = 0,
    left: float = LEFT,
) -> None:
    if before:
        sheet.ln(before)
    sheet.set_font(family, style="B" if bold else "", size=size)
    sheet.set_x(left)
    sheet.multi_cell(RIGHT - left, size * 0.55, text, new_x="LMARGIN", new_y="NEXT")


def _draw_code(sheet: FPDF, data: dict[str, Any], family: str) -> None:
    """The QR code as small squares, with its number under it."""
    rows = list(segno.make(data["check_address"], error="m", micro=False).matrix_iter(border=2))
    side, left = QR_SIDE / len(rows), RIGHT - QR_SIDE
    sheet.set_fill_color(0)
    for down, row in enumerate(rows):
        for across, dark in enumerate(row):
            if dark:
                sheet.rect(left + across * side, TOP + 8 + down * side, side, side, style="F")
    below = sheet.get_y()
    sheet.set_xy(left, TOP + 8 + QR_SIDE)
    sheet.set_font(family, style="B", size=10)
    sheet.cell(QR_SIDE, 6, data["code"], align="C")
    sheet.set_xy(LEFT, below)


def _plain(text: Any) -> str:
    return str(text.striptags()) if isinstance(text, Markup) else str(text)


def _all_text(data: dict[str, Any]) -> str:
    """Every letter that the sheet needs."""
    pieces = [data["kind"], data["expected"], *data["when"], data["zone"], data["office"], data["address"]]
    pieces += [part for pair in [*data["facts"], *data["foot"]] for part in pair]
    pieces += [data["moves_title"], data["moves"], data["bring_title"], *data["bring"], data["code"] or ""]
    return "".join(sorted({letter for piece in pieces for letter in _plain(piece)}))


def _face(letters: str) -> str | Path | None:
    """A font with all these letters: a built-in one for Latin text, else the first found on this system."""
    try:
        letters.encode("latin-1")
    except UnicodeEncodeError:
        return next((path for path in _fonts() if set(map(ord, letters)) <= _letters_of(path)), None)
    return LATIN


@cache
def _fonts() -> tuple[Path, ...]:
    """The known faces that are installed here."""
    found = {path.name: path for folder in FOLDERS for path in Path(folder).rglob("*.tt[fc]")}
    return tuple(found[name] for name in FACES if name in found)


@cache
def _letters_of(path: Path) -> frozenset[int]:
    """The code points that a font draws."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    with TTFont(path, fontNumber=0, lazy=True) as font:
        return frozenset(font.getBestCmap())
