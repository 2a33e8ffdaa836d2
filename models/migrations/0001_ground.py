"""The tables that everything stands on, frozen as they were: a later change is a step of its own."""

from __future__ import annotations

from typing import Any

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    Check,
    Database,
    FloatField,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator: Any, db: Database) -> None:
    """Build them, and the one row that heads the audit chain."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Office(Table):
        kind = TextField()
        code = TextField()
        name = TextField()
        city = TextField()
        region = TextField()
        country = TextField()
        postal_code = TextField()
        time_zone = TextField()
        latitude = FloatField(null=True)
        longitude = FloatField(null=True)
        held = TextField()
        paused = BooleanField()
        phone = TextField()
        email = TextField()
        address = TextField()
        weekly_hours = TextField()
        places_per_slot = IntegerField()
        slot_minutes = IntegerField()
        source = TextField()
        confidence = TextField()
        notes = TextField()

        class Meta:
            indexes = ((("kind", "code"), True),)

    class Closure(Table):
        office = ForeignKeyField(Office, backref="+", on_delete="CASCADE", index=False)
        day = TextField()
        reason = TextField()

        class Meta:
            indexes = ((("office", "day"), True),)

    class Slot(Table):
        office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", index=False)
        system = TextField()
        starts_at = BigIntegerField()
        day = TextField()
        capacity = IntegerField()
        free = IntegerField()

        class Meta:
            indexes = ((("office", "system", "starts_at"), True),)
            constraints = (Check("free BETWEEN 0 AND capacity"),)

    Slot.add_index(
        Slot.index(Slot.office, Slot.system, Slot.starts_at, where=SQL("free > 0"), name="slot_open")
    )

    class SlotDay(Table):
        office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", index=False)
        system = TextField()
        day = TextField()
        capacity = IntegerField()
        free = IntegerField()

        class Meta:
            indexes = ((("office", "system", "day"), True),)
            constraints = (Check("free BETWEEN 0 AND capacity"),)

    class Account(Table):
        email = TextField(unique=True)
        role = TextField()
        name = TextField()
        phone = TextField()
        language = TextField()
        office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", null=True)
        created_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

    class Person(Table):
        family_name = TextField()
        given_name = TextField()
        date_of_birth = TextField()
        a_number = TextField()

        class Meta:
            indexes = ((("family_name", "given_name", "date_of_birth"), False),)

    class Case(Table):
        system = TextField()
        number = TextField()
        form_or_visa_class = TextField()
        eligibility_category = TextField(null=True)
        contact_email = TextField()
        contact_phone = TextField()
        language = TextField()
        protected = BooleanField()
        account_only = BooleanField()
        frozen_until = BigIntegerField(null=True)

        class Meta:
            table_name = "immigration_case"
            indexes = ((("number",), False),)

    class AuditEvent(Table):
        number = IntegerField(unique=True)
        made_at = BigIntegerField()
        what = TextField()
        about = TextField()
        account_id = IntegerField(null=True)
        body = TextField()
        previous = TextField()
        signature = TextField()

    class AuditHead(Table):
        number = IntegerField()
        signature = TextField()

    class Letter(Table):
        key = TextField(unique=True)
        kind = TextField()
        way = TextField()
        recipient = TextField()
        language = TextField()
        data = TextField()
        made_at = BigIntegerField()
        due_at = BigIntegerField()
        claimed_until = BigIntegerField(null=True)
        tries = IntegerField()
        last_problem = TextField()
        sent_at = BigIntegerField(null=True)
        given_up_at = BigIntegerField(null=True)

    Letter.add_index(
        Letter.index(
            Letter.due_at, where=SQL("sent_at IS NULL AND given_up_at IS NULL"), name="letter_waiting"
        )
    )

    class OneTimeCode(Table):
        token = TextField(unique=True)
        purpose = TextField()
        recipient = TextField()
        about = TextField()
        digest = TextField()
        tries = IntegerField()
        made_at = BigIntegerField()
        until = BigIntegerField()
        used_at = BigIntegerField(null=True)

    class Session(Table):
        token = TextField(unique=True)
        account = ForeignKeyField(Account, backref="+", on_delete="CASCADE")
        made_at = BigIntegerField()
        seen_at = BigIntegerField()
        ended_at = BigIntegerField(null=True)

    class LimitCount(Table):
        what = TextField()
        subject = TextField()
        began_at = BigIntegerField()
        count = IntegerField()

        class Meta:
            indexes = ((("what", "subject"), True),)

    class Feedback(Table):
        page = TextField()
        helpful = BooleanField()
        words = TextField()
        language = TextField()
        made_at = BigIntegerField()

    db.create_tables(
        [
            Office,
            Closure,
            Slot,
            SlotDay,
            Account,
            Person,
            Case,
            AuditEvent,
            AuditHead,
            Letter,
            OneTimeCode,
            Session,
            LimitCount,
            Feedback,
        ]
    )
    AuditHead.insert(id=1, number=0, signature="0" * 64).execute()
