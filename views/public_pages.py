"""The list of public pages, for feedback and for the copy that any static host can serve."""

from __future__ import annotations

from flask import request

from views import guide, language

# the same bytes for everybody at every time: these can stand as plain files
PLAIN: tuple[tuple[str, dict[str, str]], ...] = (
    ("start.index", {}),
    *(("guide.page", {"page": page}) for page in guide.TITLES),
    ("rules.index", {}),
    ("rules.system", {"system": "biometrics"}),
)
# these answer what is asked, so they need the program
ANSWERING: tuple[tuple[str, dict[str, str]], ...] = (
    ("check.page", {"system": "biometrics"}),
    ("receipts.check", {}),
)


def addresses() -> frozenset[str]:
    """The addresses of all public pages in the source language."""
    return frozenset(
        language.public_url(endpoint, language.SOURCE, **values) for endpoint, values in PLAIN + ANSWERING
    )


def page_here() -> str | None:
    """The address of this page in the source language; None for an address that is no page of the list."""
    path = language.in_language(request.path, language.SOURCE)
    return path if path in addresses() else None
