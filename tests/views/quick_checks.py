"""Answers for the quick check, and what a page says to them."""

from datetime import UTC, datetime
from typing import Any

from tests.pages import StrictClient

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)  # Friday, 10:00 am in Elizabeth, lines open
PLAIN = {
    "office": "asc-XNO",
    "date-day": "9",
    "date-month": "12",
    "date-year": "2026",
    "time": "09:00",
    "moves": "0",
}
# answers that leave nothing open, for an office whose calendar the agency keeps
WHOLE = {
    **PLAIN, "form": "I-485", "good_cause": "planned_travel", "office_moves": "0", "account": "yes", "tool": "yes",
    "address": "no",
}  # fmt: skip


def answer(client: StrictClient, language: str = "", **more: str | None) -> Any:
    query = {key: value for key, value in {**WHOLE, **more}.items() if value is not None}
    return client.page(f"{language}/check/biometrics", query_string=query)


def result(page: Any) -> tuple[str, list[str]]:
    return page.select_one("[data-verdict]")["data-verdict"], [
        rule["data-rule"] for rule in page.select("li[data-rule]")
    ]
