"""The ways a letter leaves: SMTP, a file, a web hook, the console. Each takes the same parcel."""

from __future__ import annotations

import json
import os
import re
import smtplib
import ssl
import sys
import urllib.error
import urllib.request
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from http.client import HTTPException
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

WAIT_SECONDS = 20
PERMANENT = range(500, 600)
ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]+@[^\s@<>()\[\],;:\\\"]+")


class NotSent(Exception):
    """A letter could not leave. `for_good` means that another try would end the same way."""

    def __init__(self, problem: str, *, for_good: bool = False) -> None:
        super().__init__(problem)
        self.for_good = for_good


@dataclass(frozen=True)
class Parcel:
    """A letter ready to leave. The same letter always makes the same parcel, so a second copy can be told."""

    message_id: str  # without < >
    sender: str
    sender_name: str
    recipient: str
    subject: str
    text: str
    language: str
    written_at: datetime
    calendar: bytes | None = None


class Sender(Protocol):
    """One way to send."""

    def send(self, parcel: Parcel) -> None:
        """Hand the parcel over. Raises NotSent."""


class SmtpSender:
    """Any mail server: `smtp://user:password@host:port?starttls=1`, or `smtps://` for TLS from the start."""

    def __init__(self, parts: SplitResult) -> None:
        self._parts = parts
        self._starttls = parse_qs(parts.query).get("starttls") == ["1"]
        self._encrypted = parts.scheme == "smtps"

    def send(self, parcel: Parcel) -> None:
        message = as_email(parcel)
        try:
            with self._connect(parcel.message_id.rpartition("@")[2]) as server:
                server.send_message(message, parcel.sender, [parcel.recipient])
        except smtplib.SMTPRecipientsRefused as problem:
            code, words = next(iter(problem.recipients.values()))
            raise NotSent(_said(code, words), for_good=code in PERMANENT) from problem
        except smtplib.SMTPDataError as problem:
            for_good = problem.smtp_code in PERMANENT
            raise NotSent(_said(problem.smtp_code, problem.smtp_error), for_good=for_good) from problem
        except (
            smtplib.SMTPResponseException
        ) as problem:  # not this letter but our name or password: to be mended
            raise NotSent(_said(problem.smtp_code, problem.smtp_error)) from problem
        except smtplib.SMTPNotSupportedError as problem:
            raise NotSent(str(problem), for_good=True) from problem
        except (OSError, smtplib.SMTPException) as problem:
            raise NotSent(f"{type(problem).__name__}: {problem}") from problem

    def _connect(self, our_name: str) -> smtplib.SMTP:
        parts, context = self._parts, ssl.create_default_context()
        host = parts.hostname or "localhost"
        server: smtplib.SMTP
        if self._encrypted:
            server = smtplib.SMTP_SSL(
                host, parts.port or 465, our_name, timeout=WAIT_SECONDS, context=context
            )
        else:
            server = smtplib.SMTP(host, parts.port or 25, our_name, timeout=WAIT_SECONDS)
        try:
            if self._starttls:
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


class FileSender:
    """One .eml file per letter; a second copy of a letter replaces the first."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, parcel: Parcel) -> None:
        name = f"{parcel.written_at:%Y%m%dT%H%M%SZ}-{parcel.message_id.partition('@')[0][:16]}"
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            unready = self._folder / f".{name}"
            with os.fdopen(os.open(unready, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(as_email(parcel).as_bytes())
            unready.replace(self._folder / f"{name}.eml")
        except OSError as problem:
            raise NotSent(str(problem)) from problem


class ConsoleSender:
    """Prints each letter: for trying things out."""

    def send(self, parcel: Parcel) -> None:
        sys.stdout.write(f"To {parcel.recipient}: {parcel.subject}\n{parcel.text}\n")
        sys.stdout.flush()


class WebhookSender:
    """Posts `{"id", "to", "text", "language"}` as JSON; whatever sends text messages listens there."""

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, parcel: Parcel) -> None:
        body = {
            "id": parcel.message_id, "to": parcel.recipient, "text": parcel.text, "language": parcel.language,
        }  # fmt: skip
        request = urllib.request.Request(  # noqa: S310 - way_of() lets only http and https through
            self._address,
            json.dumps(body).encode(),
            {"Content-Type": "application/json", "Idempotency-Key": parcel.message_id},
        )
        try:
            urllib.request.urlopen(request, timeout=WAIT_SECONDS).close()  # noqa: S310 - as above
        except urllib.error.HTTPError as problem:
            problem.close()
            raise NotSent(
                f"The address answered {problem.code}.", for_good=problem.code in (400, 422)
            ) from problem
        except (OSError, HTTPException) as problem:
            raise NotSent(f"{type(problem).__name__}: {problem}") from problem


def mail_sender(url: str, folder: Path) -> Sender:
    """The sender that GOODCAUSE_MAIL_URL names. Raises ValueError, in words, for one there is not."""
    parts = urlsplit(url)
    if parts.scheme in ("smtp", "smtps") and parts.hostname:
        return SmtpSender(parts)
    if parts.scheme == "file":
        return FileSender(folder)
    if parts.scheme == "console":
        return ConsoleSender()
    raise ValueError("GOODCAUSE_MAIL_URL needs the form smtp://host:port, smtps://host:port or file:")


def sms_sender(url: str) -> Sender | None:
    """The sender that GOODCAUSE_SMS_URL names, None when it is empty. Raises ValueError as above."""
    scheme = urlsplit(url).scheme
    if not url:
        return None
    if scheme in ("http", "https"):
        return WebhookSender(url)
    if scheme == "console":
        return ConsoleSender()
    raise ValueError("GOODCAUSE_SMS_URL needs the form https://address or console:")


def as_email(parcel: Parcel) -> EmailMessage:
    """The parcel as a plain-text e-mail. Raises NotSent when the recipient is no address."""
    message = EmailMessage(policy=SMTP if parcel.recipient.isascii() else SMTPUTF8)
    message["Message-ID"] = f"<{parcel.message_id}>"
    message["Date"] = parcel.written_at
    message["From"] = _address(parcel.sender, _one_line(parcel.sender_name))
    message["To"] = _address(parcel.recipient)
    message["Subject"] = _one_line(parcel.subject)
    message["Auto-Submitted"] = "auto-generated"  # asks holiday answers to stay quiet
    message.set_content(parcel.text, charset="utf-8", cte="quoted-printable")
    if parcel.calendar is not None:
        message.add_attachment(
            parcel.calendar,
            maintype="text",
            subtype="calendar",
            filename="calendar.ics",
            params={"charset": "utf-8", "method": "PUBLISH"},
        )
        # the same letter must have the same bytes at every try
        message.set_boundary(f"=_{parcel.message_id.partition('@')[0]}")
    message["Content-Language"] = parcel.language  # last: setting the content takes such headers away
    return message


def _address(spec: str, name: str = "") -> Address:
    if not ADDRESS.fullmatch(spec) or not spec.isprintable():
        raise NotSent("This is no e-mail address.", for_good=True)
    box, _at, domain = spec.partition("@")
    return Address(display_name=name, username=box, domain=domain)


def _one_line(text: str) -> str:
    """Header text without line ends and other control characters."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def _said(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode(errors='replace') if isinstance(words, bytes) else words}"
