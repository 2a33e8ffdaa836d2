"""The other ways out: a file for each letter, a web hook for text messages, the console, and wrong settings."""

import json
import socket
import threading
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.views.mailbox import PARCEL
from views import senders
from views.senders import NotSent, mail_sender, sms_sender


@pytest.fixture(autouse=True)
def _little_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(senders, "WAIT_SECONDS", 1)


def test_a_letter_is_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "mail"
    sender = mail_sender("file:", folder)
    sender.send(PARCEL)
    sender.send(PARCEL)
    sender.send(replace(PARCEL, message_id="another@goodcause.example"))
    files = sorted(folder.iterdir())
    assert [file.suffix for file in files] == [".eml", ".eml"]
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert {message_from_bytes(file.read_bytes())["To"] for file in files} == {PARCEL.recipient}


def test_a_folder_that_cannot_be_made_is_tried_again(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(NotSent) as refused:
        mail_sender("file:", tmp_path / "mail").send(PARCEL)
    assert not refused.value.for_good


# --- text messages


class Hook(BaseHTTPRequestHandler):
    """Takes text messages and answers what the test says."""

    answer = 200
    taken: list[dict[str, str]] = []

    def do_POST(self) -> None:
        self.taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.answer)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hook() -> Iterator[str]:
    Hook.taken, Hook.answer = [], 200
    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/send"
        server.shutdown()
        thread.join()


def test_a_text_message_goes_to_the_hook_with_a_name_of_its_own(hook: str) -> None:
    sender = sms_sender(hook)
    assert sender
    sender.send(replace(PARCEL, recipient="+12125550100", text="Su hora: mañana"))
    assert Hook.taken == [
        {"id": PARCEL.message_id, "to": "+12125550100", "text": "Su hora: mañana", "language": "en"}
    ]


@pytest.mark.parametrize(
    ("answer", "for_good"), [(400, True), (422, True), (401, False), (429, False), (503, False)]
)
def test_a_hook_that_refuses_says_whether_to_try_again(hook: str, answer: int, for_good: bool) -> None:
    Hook.answer = answer
    sender = sms_sender(hook)
    assert sender
    with pytest.raises(NotSent) as refused:
        sender.send(PARCEL)
    assert refused.value.for_good == for_good


def test_a_hook_that_hangs_is_left_after_a_while() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        sender = sms_sender(f"http://127.0.0.1:{silent.getsockname()[1]}/")
        assert sender
        with pytest.raises(NotSent) as refused:
            sender.send(PARCEL)
    assert not refused.value.for_good


def test_the_console_prints_a_text_message(capsys: pytest.CaptureFixture[str]) -> None:
    sender = sms_sender("console:")
    assert sender
    sender.send(PARCEL)
    assert PARCEL.text in capsys.readouterr().out


@pytest.mark.parametrize(
    "url", ["ftp://example.org", "smtp:", "smtp://", "example.org", "http://example.org"]
)
def test_a_way_that_there_is_not_is_said_in_words(url: str) -> None:
    with pytest.raises(ValueError, match="GOODCAUSE_MAIL_URL needs the form"):
        mail_sender(url, Path("nowhere"))


def test_no_way_for_text_messages_is_none_and_a_wrong_one_is_said() -> None:
    assert sms_sender("") is None
    with pytest.raises(ValueError, match="GOODCAUSE_SMS_URL needs the form"):
        sms_sender("file:/etc/passwd")
