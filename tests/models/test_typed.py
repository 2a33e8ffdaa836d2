"""What people type is read the way they meant it."""

import pytest

from models.typed import has_control, is_email, is_phone, plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("  2026-08-12 ", "2026-08-12"),
        ("٢٠٢٦-٠٨-١٢", "2026-08-12"),
        ("۲۰۲۶-۰۸-۱۲", "2026-08-12"),
        ("２０２６－０８－１２", "2026-08-12"),
        ("2026\u201108\u201312", "2026-08-12"),
        ("2026\u221208\u201012", "2026-08-12"),
        ("ABC\u200b12\u00ad34\u200f5", "ABC12345"),
        ("\u202aIOE0912345678\u202c", "IOE0912345678"),
        ("\ufeffABC123", "ABC123"),
        ("ＡＢＣ１２３", "ABC123"),
        ("\u00a0ABC 123\u00a0", "ABC 123"),
        ("१२३", "123"),
        ("", ""),
    ],
)
def test_the_same_value_in_another_dress_is_the_same_value(typed: str, meant: str) -> None:
    assert plain(typed) == meant


@pytest.mark.parametrize("text", ["a\0b", "a\x1bb", "a\x7fb", "\x85", "a\udcffb"])
def test_control_and_half_characters_are_noticed(text: str) -> None:
    assert has_control(text)


@pytest.mark.parametrize("text", ["", "Nguyễn", "two\nlines\r\nand\ttab", "می\u200cخواهم", "👩‍👧"])
def test_what_people_write_is_no_control_character(text: str) -> None:
    assert not has_control(text)


@pytest.mark.parametrize("text", ["a@example.org", "a.b+c@mail.example.co", "josé@example.org"])
def test_addresses_are_accepted(text: str) -> None:
    assert is_email(text)


@pytest.mark.parametrize(
    "text",
    ["", "a", "a@b", "@example.org", "a@@example.org", "a b@example.org", "a@example.org,b@example.org"],
)
def test_what_is_no_single_address_is_refused(text: str) -> None:
    assert not is_email(text)


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("+1 (202) 555-0123", True),
        ("2025550", True),
        ("202555", False),
        ("+123456789012345", True),
        ("+1234567890123456", False),
        ("call me", False),
        ("1+2025550123", False),
        ("", False),
    ],
)
def test_a_telephone_number_has_7_to_15_digits(text: str, accepted: bool) -> None:
    assert is_phone(text) is accepted
