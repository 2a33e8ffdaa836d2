"""Appointments with what happens to them, frozen as they were."""

from __future__ import annotations

from typing import Any

from peewee import (
    SQL,
    BigIntegerField,
    BooleanField,
    Check,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    TextField,
)


def up(migrator: Any, db: Database) -> None:
    """Build them on the tables of step 1."""

    class Table(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class Office(Table):
        pass

    class Slot(Table):
        pass

    class Account(Table):
        pass

    class Person(Table):
        pass

    class Case(Table):
        class Meta:
            table_name = "immigration_case"

    class Appointment(Table):
        reference = TextField(unique=True)
        confirmation_number = TextField(unique=True)
        case = ForeignKeyField(Case, backref="+", on_delete="RESTRICT")
        person = ForeignKeyField(Person, backref="+", on_delete="RESTRICT")
        system = TextField()
        office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT")
        slot = ForeignKeyField(Slot, backref="+", on_delete="RESTRICT", null=True)
        starts_at = BigIntegerField()
        starts_local = TextField()
        scheduled_on = TextField()
        status = TextField()
        place = TextField()
        denied_as_abandoned = BooleanField()
        incapable = BooleanField()
        moves_by_requestor = IntegerField()
        moves_by_office = IntegerField()
        version = IntegerField()
        created_at = BigIntegerField()

        class Meta:
            constraints = (
                Check("status IN ('scheduled', 'completed', 'cancelled')"),
                Check("moves_by_requestor >= 0 AND moves_by_office >= 0"),
            )

    Appointment.add_index(
        Appointment.index(
            Appointment.case,
            Appointment.person,
            Appointment.system,
            unique=True,
            where=SQL("status = 'scheduled'"),
            name="appointment_live",
        )
    )

    class Move(Table):
        appointment = ForeignKeyField(Appointment, backref="+", on_delete="RESTRICT", index=False)
        number = IntegerField()
        caused_by = TextField()
        account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT", index=False, null=True)
        good_cause = TextField(null=True)
        good_cause_details = TextField()
        from_office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", index=False)
        from_starts_at = BigIntegerField()
        from_local = TextField()
        to_office = ForeignKeyField(Office, backref="+", on_delete="RESTRICT", index=False)
        to_starts_at = BigIntegerField()
        to_local = TextField()
        made_at = BigIntegerField()

        class Meta:
            indexes = ((("appointment", "number"), True),)
            constraints = (Check("caused_by IN ('requestor', 'office')"),)

    class Claim(Table):
        appointment = ForeignKeyField(Appointment, backref="+", on_delete="RESTRICT")
        account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT", index=False)
        acting_as = TextField()
        without_contact = BooleanField()
        made_at = BigIntegerField()
        confirmed_at = BigIntegerField(null=True)
        ended_at = BigIntegerField(null=True)

        class Meta:
            indexes = ((("account", "appointment"), True),)

    class Hold(Table):
        appointment = ForeignKeyField(Appointment, backref="+", on_delete="RESTRICT", index=False)
        slot = ForeignKeyField(Slot, backref="+", on_delete="RESTRICT", index=False)
        account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT", index=False)
        key = TextField()
        kind = TextField()
        state = TextField()
        good_cause = TextField()
        good_cause_details = TextField()
        address_changed = BooleanField()
        seen_version = IntegerField()
        renewed = BooleanField()
        made_at = BigIntegerField()
        until = BigIntegerField()

        class Meta:
            indexes = ((("appointment", "key"), True),)
            constraints = (Check("state IN ('live', 'used', 'given_back', 'released')"),)

    Hold.add_index(
        Hold.index(Hold.appointment, Hold.kind, unique=True, where=SQL("state = 'live'"), name="hold_live")
    )

    Hold.add_index(Hold.index(Hold.slot, Hold.until, where=SQL("state = 'live'"), name="hold_live_slot"))

    class Receipt(Table):
        code = TextField(unique=True)
        appointment = ForeignKeyField(Appointment, backref="+", on_delete="RESTRICT", index=False)
        key = TextField()
        content = TextField()
        system = TextField()
        result = TextField()
        verdict = TextField()
        rules = TextField()
        facts = TextField()
        parameters = TextField()
        body = TextField()
        account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT", index=False, null=True)
        move = ForeignKeyField(Move, backref="+", on_delete="RESTRICT", null=True)
        made_at = BigIntegerField()

        class Meta:
            indexes = ((("appointment", "key"), True),)
            constraints = (
                Check(
                    "result IN ('moved', 'refused', 'place_taken', 'changed_meanwhile', 'sent_for_review')"
                ),
            )

    class Review(Table):
        appointment = ForeignKeyField(Appointment, backref="+", on_delete="RESTRICT")
        hold = ForeignKeyField(Hold, backref="+", on_delete="RESTRICT", index=False)
        receipt = ForeignKeyField(Receipt, backref="+", on_delete="RESTRICT", index=False)
        actor_role = TextField()
        authority_on_file = BooleanField()
        account = ForeignKeyField(Account, backref="+", on_delete="RESTRICT", index=False)
        contact_by = TextField()
        rules = TextField()
        state = TextField()
        asked_at = BigIntegerField()
        until = BigIntegerField()
        decided_at = BigIntegerField(null=True)
        decided_by = TextField()
        reason = TextField()

        class Meta:
            constraints = (Check("state IN ('waiting', 'granted', 'declined', 'replaced', 'lapsed')"),)

    Review.add_index(
        Review.index(Review.appointment, unique=True, where=SQL("state = 'waiting'"), name="review_waiting")
    )

    db.create_tables([Appointment, Move, Claim, Hold, Receipt, Review])
