"""Accounts, and the persons whose appointments are kept."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from peewee import ForeignKeyField, TextField

from models.database import BaseModel, DayField, InstantField
from models.offices import Office


class Role(StrEnum):
    """What an account may be."""

    APPLICANT = "applicant"
    REPRESENTATIVE = "representative"
    FIRM_STAFF = "firm_staff"
    OFFICER = "officer"
    ADMIN = "admin"


class Account(BaseModel):
    """Somebody who signs in, known by a confirmed e-mail address."""

    email = TextField(unique=True)
    role = TextField(default=Role.APPLICANT)
    name = TextField(default="")
    phone = TextField(default="")
    language = TextField(default="en")
    office = ForeignKeyField(Office, null=True, on_delete="RESTRICT")
    created_at = InstantField()
    ended_at = InstantField(null=True)


class Person(BaseModel):
    """Somebody whose appointment it is."""

    family_name = TextField()
    given_name = TextField(default="")
    date_of_birth = DayField()
    a_number = TextField(default="")

    class Meta:
        indexes = ((("family_name", "given_name", "date_of_birth"), False),)

    @property
    def full_name(self) -> str:
        """Given name and family name, as on the notice."""
        return f"{self.given_name} {self.family_name}".strip()


def normal_email(typed: str) -> str:
    """One spelling per mailbox: no outer spaces, lower case."""
    return typed.strip().lower()


def account_for(email: str, now: datetime, language: str = "en", role: Role = Role.APPLICANT) -> Account:
    """The account of a confirmed address, made on its first sign-in. Call inside write_tx()."""
    find_or_make: Any = Account.get_or_create
    account: Account
    account, _ = find_or_make(
        email=normal_email(email), defaults={"created_at": now, "language": language, "role": role}
    )
    return account
