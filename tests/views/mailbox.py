"""A real mail server for tests, which can be told to misbehave, and what it took in."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.postgres import free_port
from views.senders import Parcel

PARCEL = Parcel(
    message_id="1f2e3d4c5b6a79880f1e2d3c4b5a6978@goodcause.example",
    sender="no-reply@goodcause.example",
    sender_name="Goodcause",
    recipient="ana@posta.example",
    subject="A message from Goodcause",
    text="Hello.\n\nThe appointment has a new time.\n",
    language="en",
    written_at=datetime(2026, 1, 14, 19, 0, tzinfo=UTC),
)


class Mailbox:
    """What arrived, and what to answer: one entry of `answers` for each coming letter, then all is well."""

    def __init__(self) -> None:
        self.port = free_port()
        self.arrived: list[bytes] = []
        self.answers: list[str] = []
        self.refused_recipients: dict[str, str] = {}
        self.holding = threading.Event()  # set when a letter is kept waiting

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        parsed = [message_from_bytes(raw, policy=default) for raw in self.arrived]
        return [letter for letter in parsed if isinstance(letter, EmailMessage)]

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused_recipients:
            return self.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith(("250", "close")):
            self.arrived.append(bytes(envelope.content or b""))
        if answer == "close":  # taken, but the sender never hears of it
            server.transport.close()
        if answer == "hold":
            self.holding.set()
            await asyncio.sleep(60)
        return answer


@contextlib.contextmanager
def open_mailbox(**options: Any) -> Iterator[Mailbox]:
    """A mailbox that takes letters on a port of its own."""
    mailbox = Mailbox()
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
