"""Accounts made by an operator, with a role; people's own come with their first sign-in."""

from __future__ import annotations

from datetime import datetime

from models import audit
from models.database import write_tx
from models.offices import Office
from models.people import Account, Role, account_for, normal_email


def create_account(email: str, role: Role, office: Office | None, now: datetime) -> Account | None:
    """Make an account; None when the address has one already, which is left as it is. Raises Busy."""

    def work() -> Account | None:
        if Account.select().where(Account.email == normal_email(email)).exists():
            return None
        account = account_for(email, now, role=role)
        if office is not None:
            Account.update(office=office).where(Account.id == account.id).execute()
        audit.record("account-created", f"account:{account.id}", now, role=role.value)
        return account

    return write_tx(work)
