"""What holds for every page: axe finds nothing, light or dark, narrow or wide, and nothing scrolls sideways."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

VENDOR = Path(__file__).parent.parent / "vendor"
NARROWEST, PHONE, DESKTOP = 320, 360, 1280
HEIGHT = 800
CONTRAST = {"runOnly": ["color-contrast"]}  # all that a colour scheme can change
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@cache
def axe_source() -> str:
    [script] = VENDOR.glob("axe-*.min.js")
    return script.read_text(encoding="utf-8")


def violations(page: Page, options: dict[str, Any]) -> list[str]:
    """Each finding of axe with the places it is about."""
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    return [
        f"{item['id']}: {item['help']} ({'; '.join(str(node['target']) for node in item['nodes'][:3])})"
        for item in found
    ]


def faults_for_everybody(page: Page) -> list[str]:
    """What is wrong with the page as it is shown now."""
    faults = []
    for width in (NARROWEST, PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if over := page.evaluate(TOO_WIDE):
            faults.append(f"scrolls sideways by {over} px at {width}")
    page.evaluate(axe_source())
    for width in (PHONE, DESKTOP):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme, options in (("dark", CONTRAST), ("light", {})):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            faults += [f"{width} px, {scheme}: {finding}" for finding in violations(page, options)]
    return faults
