"""Invented people of the demonstration. Nobody here exists; every address ends in `.example` and reaches nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.people import Role


@dataclass(frozen=True)
class Invented:
    """A person who does not exist. `born` is a day of birth or, for a child, its age (or a year more)."""

    given_name: str
    family_name: str
    born: date | int
    email: str

    def born_on(self, today: date) -> date:
        """The day of birth; a child stays a child whenever the demonstration is built."""
        return self.born if isinstance(self.born, date) else date(today.year - self.born - 1, 7, 9)


@dataclass(frozen=True)
class Worker:
    """Somebody who signs in to work, not for an appointment of their own."""

    email: str
    role: Role
    name: str
    office: str = ""


WORKERS = (
    Worker("desk.elizabeth@goodcause.example", Role.OFFICER, "Rosalind Achterberg", "asc-XNO"),
    Worker("admin@goodcause.example", Role.ADMIN, "Teodor Lindqvist"),
    Worker("attorney@lanternlaw.example", Role.REPRESENTATIVE, "Nomvula Dlamini-Hart"),
    Worker("paralegal@lanternlaw.example", Role.FIRM_STAFF, "Bao Vang"),
)

GIVEN_NAMES = (
    "Amina", "Bjørn", "Camila", "Dmytro", "Esi", "Farid", "Grażyna", "Hien", "Ifeoma", "João", "Katya", "Luis",
    "Mei", "Narges", "Oluwaseun", "Paolo", "Quỳnh", "Rahel", "Samir", "Tomás", "Usha", "Vusi", "Yuki", "Zeynep",
)  # fmt: skip
FAMILY_NAMES = (
    "Abebe", "Bautista", "Chowdhury", "Đặng", "Eriksen", "Figueroa", "Gebremariam", "Haddad", "Ismailov", "Joseph",
    "Kovalenko", "Lee", "Mbeki", "Núñez", "Okonkwo", "Phạm", "Quispe", "Rahimi", "Şahin", "Tran", "Umarov",
    "Villanueva", "Wójcik",
)  # fmt: skip


def somebody(number: int) -> Invented:
    """One of many who fill the calendars: the same number is always the same person."""
    given, family = GIVEN_NAMES[number % len(GIVEN_NAMES)], FAMILY_NAMES[number % len(FAMILY_NAMES)]
    born = date(1955 + number * 7 % 48, 1 + number * 5 % 12, 1 + number * 11 % 28)
    return Invented(given, family, born, f"person{number}@crowd.example")
