"""The quiet question at the foot of public pages."""

import pytest
from flask import Flask

from models import limits
from models.feedback import MOST_LETTERS, Feedback
from tests.conftest import Clock
from tests.pages import StrictClient, words

TOO_MANY = "x" * (MOST_LETTERS + 1)
HERE = {"Origin": "http://localhost"}


def kept() -> list[tuple[str, bool, str, str]]:
    return [(row.page, row.helpful, row.words, row.language) for row in Feedback.select()]


@pytest.mark.parametrize(
    "page", ["/", "/guide/help", "/rules", "/rules/biometrics", "/check/biometrics", "/receipts"]
)
def test_each_public_page_asks_and_knows_its_own_address(client: StrictClient, page: str) -> None:
    for address, language in ((page, "en"), (f"/es{page}", "es")):
        Feedback.delete().execute()
        answer = client.send(client.page(address), "/feedback", helpful="yes", words="Good, short.")
        assert answer.status_code == 303
        assert kept() == [(page, True, "Good, short.", language)]
        thanks = client.get(answer.headers["Location"])
        assert thanks.status_code == 200
        assert "Set-Cookie" not in answer.headers


def test_no_works_as_well_as_yes_and_words_may_be_left_out(client: StrictClient) -> None:
    client.send(client.page("/"), "/feedback", helpful="no")
    assert kept() == [("/", False, "", "en")]


def test_nothing_but_the_answer_is_kept() -> None:
    assert {field.name for field in Feedback._meta.sorted_fields} == {
        "id",
        "page",
        "helpful",
        "words",
        "language",
        "made_at",
    }


@pytest.mark.parametrize(
    ("fields", "target"),
    [
        pytest.param({"page": "/", "words": "x"}, "#helpful", id="no answer"),
        pytest.param({"page": "/", "helpful": "perhaps"}, "#helpful", id="another answer"),
        pytest.param({"page": "/", "helpful": "yes", "words": TOO_MANY}, "#words", id="a letter too many"),
        pytest.param({"page": "/", "helpful": "yes", "words": "a\0b"}, "#words", id="NUL"),
        pytest.param({"page": "/", "helpful": "yes", "words": "a\x1b[2Jb"}, "#words", id="a control character"),
        pytest.param({"page": "/appointments/AB12", "helpful": "yes"}, "#page", id="a page of somebody"),
        pytest.param({"page": "https://evil.example", "helpful": "yes"}, "#page", id="a page elsewhere"),
        pytest.param({"helpful": "yes"}, "#page", id="no page"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_asked_for_again(
    client: StrictClient, fields: dict[str, str], target: str
) -> None:
    answer = client.post("/feedback", data=fields, headers=HERE)
    assert answer.status_code == 422
    assert answer.headers["Cache-Control"] == "no-store"
    assert kept() == []
    if target != "#page":
        assert target in answer.get_data(as_text=True)


def test_what_was_typed_stays_when_the_answer_is_missing(client: StrictClient) -> None:
    answer = client.post(
        "/feedback", data={"page": "/rules", "words": "Where is <b>page</b> 2?"}, headers=HERE
    )
    assert "Where is &lt;b&gt;page&lt;/b&gt; 2?" in answer.get_data(as_text=True)


@pytest.mark.parametrize("length", [MOST_LETTERS - 1, MOST_LETTERS])
def test_long_words_fit_and_a_line_end_counts_once(client: StrictClient, length: int) -> None:
    text = "x" * (length - 3) + "\r\ny\u00e9"
    assert (
        client.post(
            "/feedback", data={"page": "/", "helpful": "yes", "words": text}, headers=HERE
        ).status_code
        == 303
    )
    assert len(kept()[0][2]) == length


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_on_another_site_changes_nothing(client: StrictClient, headers: dict[str, str]) -> None:
    assert client.post("/feedback", data={"page": "/", "helpful": "yes"}, headers=headers).status_code == 400
    assert kept() == []


def test_answers_have_a_limit(client: StrictClient, clock: Clock) -> None:
    sent = {"page": "/", "helpful": "yes"}
    for _ in range(limits.FEEDBACK.most):
        assert client.post("/feedback", data=sent, headers=HERE).status_code == 303
    assert client.post("/feedback", data=sent, headers=HERE).status_code == 429
    assert len(kept()) == limits.FEEDBACK.most


def test_the_question_as_a_page_takes_only_public_addresses(client: StrictClient) -> None:
    assert "/rules" in words(client.page("/feedback?page=/rules").main)
    assert "evil" not in words(client.page("/feedback?page=https://evil.example").main)


def test_error_pages_and_private_pages_do_not_ask(app: Flask, client: StrictClient) -> None:
    assert not client.page("/nothing-here", 404).find("form", method="post")
    assert not client.page("/sign-in").find("form", action="/feedback")
