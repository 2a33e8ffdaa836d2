"""The strict test client: every HTML answer that any test fetches must keep the house rules of pages."""

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# The words by which a page says that it is no government site, one per language.
NO_GOVERNMENT_SITE = re.compile(
    r"not (a|the|any|part of the|run by the) government|no es [^.]{0,60}(gobierno|gubernamental)",
    re.IGNORECASE,
)
RIGHT_TO_LEFT = {"ar", "fa", "he", "ur", "ps"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
SHARED_BEGINNING = 12  # characters of the heading that the title must repeat


def words(tag: Tag) -> str:
    """The text as a person reads it, with every kind of space as one space."""
    return " ".join(tag.get_text().split())


def faults_of_page(page: BeautifulSoup) -> list[str]:
    """What is wrong with a whole page."""
    return [*_faults_of_head(page), *_faults_of_targets(page), *faults_of_fragment(page)]


def faults_of_fragment(soup: BeautifulSoup) -> list[str]:
    """What is wrong with a piece of a page, looked at by itself."""
    return [*_faults_of_ids(soup), *_faults_of_fields(soup), *_faults_of_forms(soup), *_faults_of_links(soup)]


def _faults_of_head(page: BeautifulSoup) -> list[str]:
    faults = []
    headings = page.find_all("h1")
    if len(headings) != 1:
        faults.append(f"{len(headings)} h1 elements, one is right")
    title = words(page.title) if page.title else ""
    if headings and not title.startswith(("Please fix:", "Corrija:", words(headings[0])[:SHARED_BEGINNING])):
        faults.append(f"title {title!r} does not begin like the h1 {words(headings[0])!r}")
    language, direction = page.html.get("lang", ""), page.html.get("dir", "")
    if not language:
        faults.append("html has no lang")
    if direction != ("rtl" if str(language).split("-")[0] in RIGHT_TO_LEFT else "ltr"):
        faults.append(f"html has dir {direction!r} for lang {language!r}")
    if language[:2] in {"en", "es"} and not NO_GOVERNMENT_SITE.search(words(page)):
        faults.append("nothing says that this is not a government site")
    return faults


def _faults_of_ids(soup: BeautifulSoup) -> list[str]:
    counted = Counter(tag["id"] for tag in soup.find_all(id=True))
    return [f"id {name!r} is there {times} times" for name, times in counted.items() if times > 1]


def _labelled(field: Tag, soup: BeautifulSoup) -> bool:
    if field.get("aria-label") or field.find_parent("label"):
        return True
    if named_by := field.get("aria-labelledby"):
        return all(soup.find(id=name) for name in str(named_by).split())
    return bool(field.get("id") and soup.find("label", attrs={"for": field["id"]}))


def _faults_of_fields(soup: BeautifulSoup) -> list[str]:
    fields = [
        field
        for field in soup.find_all(["input", "select", "textarea"])
        if field.get("type") not in UNLABELLED
    ]
    faults = [f"no label for {field}" for field in fields if not _labelled(field, soup)]
    for field in soup.find_all(attrs={"aria-describedby": True}):
        missing = [name for name in str(field["aria-describedby"]).split() if not soup.find(id=name)]
        faults += [f"aria-describedby names {name!r}, which is not there" for name in missing]
    return faults


def _faults_of_forms(soup: BeautifulSoup) -> list[str]:
    forms = soup.find_all("form")
    faults = [f"a form without action: {str(form)[:120]}" for form in forms if not form.get("action")]
    for form in forms:
        fields = [field for field in form.find_all("input") if field.get("name") == "csrf_token"]
        if str(form.get("method", "get")).lower() == "get" and fields:
            faults.append(f"a GET form carries a csrf_token: {form.get('action')}")
    return faults


def _faults_of_links(soup: BeautifulSoup) -> list[str]:
    return [f"a link without href: {str(link)[:120]}" for link in soup.find_all("a") if not link.get("href")]


def _faults_of_targets(page: BeautifulSoup) -> list[str]:
    """Whatever htmx or a link within the page points at must be there."""
    faults = []
    for tag in page.find_all(attrs={"hx-target": True}):
        target = str(tag["hx-target"])
        if target.startswith("#") and not page.find(id=target[1:]):
            faults.append(f"hx-target {target!r} is not on the page")
    for link in page.find_all("a", href=re.compile("^#.")):
        if not page.find(id=link["href"][1:]):
            faults.append(f"a link leads to {link['href']!r}, which is not on the page")
    return faults


def read(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "html5lib")


def is_whole_page(html: str) -> bool:
    return html.lstrip().lower().startswith("<!doctype html>")


class StrictClient(FlaskClient):
    """Checks each HTML answer; `page` and `fragment` fetch one and hand back its parsed tree."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = super().open(*args, **kwargs)
        readable = response.mimetype == "text/html" and not {"Content-Encoding", "Location"} & set(
            response.headers.keys()
        )
        html = response.get_data(as_text=True) if readable else ""
        if html.strip():
            check = faults_of_page if is_whole_page(html) else faults_of_fragment
            faults = check(BeautifulSoup(html, "html5lib"))
            assert not faults, f"{response.request.path} ({response.status}):\n" + "\n".join(faults)
        return response

    def sign_in(self, email: str, language: str = "en") -> None:
        """Goes on as somebody who has just confirmed this address; the account is made when it is new."""
        from models.sign_ins import start_session

        started = start_session(email, datetime.now(UTC), language)
        assert started, f"the account of {email} was ended"
        with self.session_transaction() as session:
            session["_user_id"] = started[0]
            session["_fresh"] = True

    def page(self, address: str, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        """The whole page at the address, which must answer with this status."""
        response = self.get(address, **kwargs)
        assert response.status_code == status, f"{address} answered {response.status}"
        assert is_whole_page(response.get_data(as_text=True)), f"{address} is not a whole page"
        return read(response)

    def fragment(self, address: str, status: int = 200, **kwargs: Any) -> BeautifulSoup:
        """The piece of a page at the address, asked for as htmx does."""
        response = self.get(address, headers={"HX-Request": "true"}, **kwargs)
        assert response.status_code == status, f"{address} answered {response.status}"
        assert not is_whole_page(response.get_data(as_text=True)), f"{address} is a whole page"
        return read(response)

    def send(self, page: BeautifulSoup, to: str | None = None, **fields: Any) -> TestResponse:
        """Fills in a form of the page as a browser would and sends it; `to` is the end of its action.

        A field that is None is left out; a list sends a field several times.
        """
        forms = [
            form
            for form in page.find_all("form")
            if to is None or str(form["action"]).split("?")[0].endswith(to)
        ]
        posting = [form for form in forms if str(form.get("method", "get")).lower() == "post"]
        assert len(posting) == 1, f"{len(posting)} forms are sent to {to or 'somewhere'}, one is right"
        data = {**filled_in(posting[0]), **fields}
        data = {key: value for key, value in data.items() if value is not None}
        return self.post(str(posting[0]["action"]), data=data, headers={"Origin": "http://localhost"})


def filled_in(form: Tag) -> dict[str, Any]:
    """What a browser would send if the person changed nothing and pressed no named button."""
    data: dict[str, Any] = {}
    for field in form.find_all(["input", "textarea", "select"]):
        name, kind = field.get("name"), str(field.get("type", ""))
        ticked = field.has_attr("checked") or kind not in {"radio", "checkbox"}
        if not name or not ticked or kind == "submit" or field.has_attr("disabled"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            data[str(name)] = str(chosen.get("value", words(chosen))) if chosen else ""
        else:
            data[str(name)] = (
                field.get_text().removeprefix("\n")
                if field.name == "textarea"
                else str(field.get("value", ""))
            )
    return data
