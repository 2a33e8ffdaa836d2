"""Every form and every address with a query: where it stands, and what would be accepted in it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from models.people import Account
from tests.pages import StrictClient, filled_in
from tests.views.world import World


@dataclass(frozen=True)
class Form:
    """How to reach a form: whose it is, its page, its action, and what makes it right.

    A bad value in a `refused` field changes nothing; in a `free` one it may be kept as typed, or be ignored.
    """

    role: str
    page: str
    action: str
    right: dict[str, str]
    refused: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    before: Callable[[World, StrictClient], Any] = lambda world, client: None

    @property
    def fields(self) -> tuple[str, ...]:
        return (*self.refused, *self.free)

    def filled(self, world: World, client: StrictClient) -> dict[str, Any]:
        """The form as its page carries it, filled in rightly."""
        page = client.page(world.filled(self.page))
        action = world.filled(self.action)
        form = next(
            form for form in page.find_all("form") if form["action"] == action and form["method"] == "post"
        )
        return filled_in(form) | {name: world.filled(value) for name, value in self.right.items()}


@dataclass(frozen=True)
class Query:
    """An address with a query."""

    role: str
    address: str
    right: dict[str, str]
    fragment: bool = False
    fields: tuple[str, ...] = field(default=())


def ask_for_a_code(world: World, client: StrictClient) -> None:
    form = FORMS["the address of a sign-in"]
    client.post(form.action, data=form.filled(world, client))


def ask_for_a_claim_code(world: World, client: StrictClient) -> None:
    claim = world.filled("/appointments/<ref>/claim")
    client.post(claim, data=filled_in(client.page(claim).find("form", action=claim)) | {"again": "1"})


def have_a_telephone(world: World, client: StrictClient) -> None:
    Account.update(phone="+12025550111").where(Account.email == "ana@example.org").execute()


FORMS: dict[str, Form] = {
    "the address of a sign-in": Form(
        "stranger", "/sign-in", "/sign-in", {"email": "new@example.org"}, refused=("email",), free=("next",)
    ),
    "the code of a sign-in": Form(
        "stranger", "/sign-in/code", "/sign-in/code", {"code": "000000"}, refused=("code",), before=ask_for_a_code
    ),
    "finding": Form(
        "other", "/appointments/find", "/appointments/find",
        {"confirmation_number": "<number>", "acting_as": "self", "date_of_birth-day": "15",
         "date_of_birth-month": "5", "date_of_birth-year": "1990"},
        refused=("confirmation_number", "acting_as", "date_of_birth-day", "date_of_birth-month",
                 "date_of_birth-year"),
        free=("date_of_birth",),
    ),
    "the code of a claim": Form(
        "pending", "/appointments/<ref>/claim", "/appointments/<ref>/claim", {"code": "000000"},
        refused=("code",), before=ask_for_a_claim_code,
    ),
    "choosing": Form(
        "owner", "/appointments/<ref>/move", "/appointments/<ref>/move",
        {"slot": "<slot>", "good_cause": "planned_travel"},
        refused=("slot", "good_cause", "key", "seen_version"),
        free=("good_cause_details", "address_changed", "show", "office", "day"),
    ),
    "confirming": Form(
        "owner", "/appointments/<ref>/move/review", "/appointments/<ref>/move/review", {},
        refused=("key", "contact_by"), before=have_a_telephone,
    ),
    "keeping the old time": Form(
        "owner", "/appointments/<ref>/move/review", "/appointments/<ref>/move/renew", {}, refused=("key",)
    ),
    "feedback": Form(
        "stranger", "/feedback?page=/", "/feedback", {"page": "/", "helpful": "yes", "words": "Good."},
        refused=("page", "helpful"), free=("words",),
    ),
    "a link in a letter": Form("stranger", "/letters/<token>", "/letters/<token>", {}, free=("anything",)),
    "signing out": Form("owner", "/appointments", "/sign-out", {}, free=("anything",)),
}  # fmt: skip

CHECK = {
    "office": "asc-XNY", "date": "2026-02-09", "time": "09:00", "moves": "0", "form": "I-485", "good_cause": "other",
    "actor": "parent", "under_14": "yes", "g28": "no", "status": "scheduled", "place": "asc", "office_moves": "0",
    "asylum": "no", "early": "no", "account": "yes", "tool": "yes", "address": "no",
}  # fmt: skip
DAY_PARTS = ("date-day", "date-month", "date-year")

QUERIES: dict[str, Query] = {
    "the quick check": Query("stranger", "/check/biometrics", CHECK, fields=(*CHECK, *DAY_PARTS, "change", "receipt")),
    "the quick verdict": Query("stranger", "/check/biometrics/verdict", CHECK, True, (*CHECK, *DAY_PARTS)),
    "a receipt code": Query("stranger", "/receipts", {"code": "GC-0000-0000"}, fields=("code",)),
    "the feedback page": Query("stranger", "/feedback", {"page": "/"}, fields=("page",)),
    "the sign-in": Query("stranger", "/sign-in", {"next": "/appointments"}, fields=("next", "email")),
    "a language": Query("owner", "/language/es", {"next": "/"}, fields=("next",)),
    "the appointment": Query("owner", "/appointments/<ref>", {}, fields=("online_account", "tool_available")),
    "the calendar": Query(
        "owner", "/appointments/<ref>/move", {"office": "asc-XNY", "month": "2026-02", "day": "2026-02-03"},
        fields=("office", "month", "day", "search", "again"),
    ),
    "the days": Query(
        "owner", "/appointments/<ref>/move/days", {"office": "asc-XNY", "month": "2026-02"}, True,
        ("office", "month", "day"),
    ),
    "the times": Query(
        "owner", "/appointments/<ref>/move/slots", {"office": "asc-XNY", "day": "2026-02-03"}, True,
        ("office", "month", "day"),
    ),
    "the verdict": Query(
        "owner", "/appointments/<ref>/move/verdict", {"slot": "<slot>", "good_cause": "other"}, True,
        ("slot", "good_cause", "address_changed"),
    ),
}  # fmt: skip

# pieces of an address that somebody may have changed
PATHS = (
    "/appointments/{}", "/appointments/{}/claim", "/appointments/{}/move", "/appointments/{}/move/review",
    "/appointments/{}/move/verdict", "/appointments/{}/notice", "/appointments/{}/notice.pdf",
    "/appointments/{}/calendar.ics", "/appointments/<ref>/receipts/{}", "/receipts/{}", "/letters/{}", "/guide/{}",
    "/rules/{}", "/check/{}", "/check/{}/verdict", "/es/guide/{}", "/language/{}", "/static/{}", "/{}",
)  # fmt: skip
