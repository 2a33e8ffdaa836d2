"""Cases: what an appointment belongs to, whom to write to, and who may not be told of it."""

from __future__ import annotations

from peewee import BooleanField, TextField

from models.database import BaseModel, InstantField

# VAWA, T and U matters: a look-up must never confirm that they exist (8 U.S.C. 1367)
PROTECTED_FORMS = frozenset({"I-914", "I-914A", "I-918", "I-918A", "I-929", "I-360-VAWA"})


class Case(BaseModel):
    """An immigration case with its contact on file."""

    system = TextField()
    number = TextField(default="")
    form_or_visa_class = TextField()
    eligibility_category = TextField(null=True)
    contact_email = TextField(default="")
    contact_phone = TextField(default="")
    language = TextField(default="en")
    protected = BooleanField(default=False)
    account_only = BooleanField(default=False)
    frozen_until = InstantField(null=True)

    class Meta:
        table_name = "immigration_case"  # CASE is a word of SQL
        indexes = ((("number",), False),)
