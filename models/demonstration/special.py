"""Examples that a look-up does not simply open and move: each is something to try by hand."""

from __future__ import annotations

from datetime import date

from models.demonstration.examples import Example
from models.demonstration.people import Invented
from models.demonstration.starts import Ahead
from models.rules import Verdict

SPECIAL = (
    Example(
        number="ELSE4001",
        person=Invented("Thabo", "Mokoena", date(1991, 2, 11), "thabo@mail.example"),
        form="I-485",
        office="asc-XBD",
        when=Ahead(9, "10:00"),
        verdict=Verdict.ALLOWED,
        why_special="held_elsewhere",
        note="Held elsewhere (Boston) and still movable there: verdict, reasons and ways, no calendar.",
    ),
    Example(
        number="SAFE4002",
        person=Invented("Salma", "Rahmani", date(1998, 8, 19), "salma@mail.example"),
        form="I-918",
        office="asc-XNO",
        when=Ahead(9, "08:30"),
        verdict=Verdict.ALLOWED,
        protected=True,
        linked=True,
        why_special="protected",
        note="A protected case: a look-up says that nothing was found; it shows only in the linked account.",
    ),
    Example(
        number="LINK4003",
        person=Invented("Esperanza", "Cruz", date(1974, 12, 24), "esperanza@mail.example"),
        form="I-485",
        office="asc-XNK",
        when=Ahead(12, "10:30"),
        verdict=Verdict.ALLOWED,
        account_only=True,
        linked=True,
        why_special="account_only",
        note="Set to account only: a look-up finds nothing; it shows only in the linked account.",
    ),
    Example(
        number="STOP4004",
        person=Invented("Lev", "Abramovich", date(1965, 11, 30), "lev@mail.example"),
        form="N-400",
        office="asc-XNI",
        when=Ahead(9, "09:30"),
        verdict=Verdict.ALLOWED,
        frozen=True,
        why_special="frozen",
        note='The contact said "this was not me": changes are paused for 24 hours.',
    ),
    Example(
        number="CALL4005",
        person=Invented("Dolores", "Mwangi", date(1953, 5, 13), "dolores@mail.example"),
        form="I-90",
        office="asc-XDL",
        when=Ahead(11, "13:30"),
        verdict=Verdict.ALLOWED,
        contact_email="",
        contact_phone="+12025550123",
        why_special="telephone_contact",
        note="Only a telephone number is on file: the code comes as a text message.",
    ),
)
