"""What people and attackers put into fields, and what no answer may ever show."""

from urllib.parse import quote_plus

from werkzeug.test import TestResponse

# as text, or as the bytes that a browser would never send
BAD_VALUES: dict[str, str | bytes] = {
    "nothing": "",
    "only spaces": "   \u00a0\u200b",
    "far too long": "x" * 10_000,
    "five thousand digits": "9" * 5_000,
    "a NUL": "a\0b",
    "control characters": "a\x07\x1b[2Jb\x7f",
    "line ends and a header": "a\r\nSet-Cookie: stolen=1\r\n\r\n",
    "a right-to-left override": "abc\u202egpj.exe",
    "a lone surrogate": b"\xed\xa0\x80",
    "bytes that are no text": b"\xff\xfe\x00A",
    "a cut-off letter": b"caf\xc3",
    "a script": "\"'><script>alert(1)</script>",
    "an image": "<img src=x onerror=alert(1)>",
    "a swap out of band": '<div id="slots" hx-swap-oob="true">x</div>',
    "template code": "{{ 7*191 }}{% include 'base.html' %}",
    "database code": "1' OR '1'='1'; DROP TABLE account; --",
    "a negative number": "-1",
    "an exponent": "1e3",
    "a fraction": "1.5",
    "infinity": "Infinity",
    "a path": "../../../etc/passwd",
    "another site": "//evil.example/\\evil",
    "percent signs": "%00%0d%0a%s%n",
    "letters beyond the first plane": "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧 \U0001f3f4",
    "letters in other scripts": "ظرف ключ 象",
    "a pattern that explodes": "a" * 200 + "@" + "a." * 200 + "!",
}

# a 1 in the digits of seven scripts
OTHER_ONES = "\u0661\u06f1\u0967\u09e7\u0e51\uff11\U0001d7cf"

NEVER_SHOWN = (
    "Traceback", "werkzeug", "jinja2", "peewee", "sqlite3", "psycopg", "site-packages", "/models/", "/views/",
    "<script>alert", "<img src=x", 'hx-swap-oob="true"', "1337", "root:", "DROP TABLE account; --</",
)  # fmt: skip
BUSY = 503


def encoded(fields: list[tuple[str, str | bytes]]) -> str:
    """A form as it goes over the wire; what cannot be encoded goes as it is."""
    return "&".join(
        f"{quote_plus(name)}={quote_plus(value.encode('utf-8', 'surrogatepass') if isinstance(value, str) else value)}"
        for name, value in fields
    )


def faults_of_answer(answer: TestResponse) -> list[str]:
    """What no answer may be, whatever was sent."""
    faults = []
    if answer.status_code >= 500 and answer.status_code != BUSY:
        faults.append(f"status {answer.status_code}")
    headers = answer.headers
    if "frame-ancestors 'none'" not in headers.get("Content-Security-Policy", ""):
        faults.append("no content security policy")
    if headers.get("X-Content-Type-Options") != "nosniff":
        faults.append("no nosniff")
    if not headers.get("Cache-Control"):
        faults.append("nothing about keeping it")
    elif answer.status_code >= 400 and headers["Cache-Control"] != "no-store":
        faults.append(f"may be kept: {headers['Cache-Control']}")
    if "stolen" in headers.get("Set-Cookie", ""):
        faults.append("a header was put in")
    to = headers.get("Location", "/")
    if not to.startswith("/") or to[1:2] in ("/", "\\"):
        faults.append(f"leads to {to}")
    text = answer.data.decode(errors="replace")
    return faults + [f"shows {shown!r}" for shown in NEVER_SHOWN if shown in text]
