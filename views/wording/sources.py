"""Where the rules come from, and how sure they are, in words."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from models.rules import Confidence

WORDS = {
    "U24": _l("USCIS message of 29 May 2024 on moving fingerprint appointments online"),
    "FIRM1": _l("law firm article on the online tool, 2023"),
    "FIRM2": _l("law firm article on both online tools, 2023"),
    "ADOPT": _l("uscis.gov, contact page for adoptions"),
    "OMBSCR": _l("screens of the agency in a federal form clearance"),
    "OMB600": _l("form instructions in a federal form clearance"),
    "OMB21": _l("questions and answers of the USCIS Ombudsman on the Contact Center, 2021"),
    "NEPY": "nepyork.com",
    "EIG": "eiglaw.com",
    "MONDAQ": "mondaq.com",
    "JL": "Jackson Lewis",
    "SWEET": "sweetbeginningusa.com",
    "AFUI": "attorneyforusimmigration.com",
    "GIB": "globalimmigrationblog.com",
    "GIP": "gip-us.com",
    "IACO": "iacoimmigration.org",
    "IML": "immlegal.work",
    "CHAL": "challalaw.com",
    "AILA19": _l("copy of AILA document 19101631"),
    "8 CFR 103.2(a)(2)": _l("regulation 8 CFR 103.2(a)(2)"),
    "8 CFR 103.2(b)(9)": _l("regulation 8 CFR 103.2(b)(9)"),
    "8 CFR 103.2(b)(13)": _l("regulation 8 CFR 103.2(b)(13)"),
    "8 CFR 103.2(b)(15)": _l("regulation 8 CFR 103.2(b)(15)"),
    "8 CFR 103.16(b)": _l("regulation 8 CFR 103.16(b)"),
    "8 CFR 208.10": _l("regulation 8 CFR 208.10"),
}

CONFIDENCE = {
    Confidence.OFFICIAL: _l("from a government page or regulation"),
    Confidence.SECONDARY: _l("reported by others"),
    Confidence.CONFLICTING: _l("sources disagree"),
    Confidence.INFERENCE: _l("our own reading"),
}


def sources_in_words(labels: Iterable[str]) -> str:
    """All sources of a rule in one line; a rule without one is our own reading."""
    return "; ".join(str(WORDS[label]) for label in labels) or _("our own reading")


def confidence_in_words(confidence: Iterable[Confidence]) -> str:
    """`from a government page or regulation, in part our own reading`."""
    first, *others = (str(CONFIDENCE[level]) for level in confidence)
    return ", ".join([first, *(_("in part %(confidence)s", confidence=other) for other in others)])
