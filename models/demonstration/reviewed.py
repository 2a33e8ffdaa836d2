"""Examples that a person has to look at first: one for each reason to review, and some with several."""

from __future__ import annotations

from datetime import date

from models.appointments import ActingAs
from models.demonstration.examples import Example
from models.demonstration.people import Invented
from models.demonstration.starts import Ahead
from models.rules import Verdict

NEEDS_REVIEW = (
    Example(
        number="TWIC3001",
        person=Invented("Sibusiso", "Khumalo", date(1989, 9, 9), "sibusiso@mail.example"),
        form="I-485",
        office="asc-XNI",
        when=Ahead(8, "15:00"),
        moves_by_requestor=1,
        moves_by_office=1,
        verdict=Verdict.NEEDS_REVIEW,
        rules=("moved-twice-by-office",),
        note="Moved once by the person and once by the agency: a person has to look at it.",
    ),
    Example(
        number="FORM3002",
        person=Invented("Hans-Jürgen", "Größmann", date(1968, 8, 8), "hansjuergen@mail.example"),
        form="I-800A-SUPP-1",
        office="asc-XCA",
        when=Ahead(13, "10:30"),
        verdict=Verdict.NEEDS_REVIEW,
        rules=("form-not-listed",),
        note="A form that nobody lists as covered, and nobody as left out.",
    ),
    Example(
        number="HOME3003",
        person=Invented("Bà Ngọc", "Trần", date(1938, 10, 20), "ngoc.family@mail.example"),
        form="N-400",
        office="asc-XLM",
        when=Ahead(12, "11:00"),
        place="homebound",
        verdict=Verdict.NEEDS_REVIEW,
        rules=("mobile-collection",),
        note="Fingerprints at home: such visits do not use the calendar.",
    ),
    Example(
        number="UNIT3004",
        person=Invented("Wapun", "Siku", date(1975, 5, 5), "wapun@mail.example"),
        form="I-90",
        office="asc-XAA",
        when=Ahead(16, "10:00"),
        place="mobile",
        verdict=Verdict.NEEDS_REVIEW,
        rules=("mobile-collection",),
        note="A mobile unit comes to the village: the same answer.",
    ),
    Example(
        number="TEEN3005",
        person=Invented("Sofiia", "Bondarenko", 15, "bondarenko.parent@mail.example"),
        form="I-821",
        office="asc-XNO",
        when=Ahead(10, "09:30"),
        acting_as=ActingAs.PARENT,
        linked=True,
        verdict=Verdict.NEEDS_REVIEW,
        rules=("child-not-under-fourteen",),
        note="A parent acts for a child over 14: find it with acting_as=parent. As self there is no such reason.",
    ),
    Example(
        number="BOTH3006",
        person=Invented("عبد الرحمن", "المصري", date(1980, 1, 1), "abdelrahman@mail.example"),
        form="I-589",
        office="asc-XNP",
        when=Ahead(11, "14:00"),
        moves_by_office=2,
        place="mobile",
        verdict=Verdict.NEEDS_REVIEW,
        rules=("mobile-collection", "moved-twice-by-office", "asylum-clock"),
        note="Two reasons for a person to look at it, and a warning.",
    ),
    Example(
        number="ELSE3007",
        person=Invented("Xiomara", "del Cid", date(1996, 4, 30), "xiomara@mail.example"),
        form="I-360",
        office="asc-XSB",
        when=Ahead(9, "13:00"),
        verdict=Verdict.NEEDS_REVIEW,
        rules=("form-not-listed",),
        note="Held elsewhere (San Diego), with a form that nobody lists.",
    ),
)
