"""Keyed digests: what is stored instead of codes, tokens and numbers, and what signs the audit chain."""

from __future__ import annotations

import hashlib
import hmac
import secrets

# without I, L, O, U: read aloud over the telephone and typed from paper without doubt
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

_secret = b""


def use(secret: str) -> None:
    """Set the installation's secret; every digest made with another secret stops matching."""
    global _secret
    _secret = secret.encode()


def digest(purpose: str, text: str) -> str:
    """A keyed digest (64 hex digits) of `text`, different for each purpose."""
    return hmac.new(
        _secret, f"{purpose}\0{text}".encode("utf-8", "surrogatepass"), hashlib.sha256
    ).hexdigest()


def same(purpose: str, text: str, known: str) -> bool:
    """Whether `text` has the digest `known`, compared in constant time."""
    return hmac.compare_digest(digest(purpose, text), known)


def token() -> str:
    """A random token of 160 bits for links, sessions and form keys."""
    return secrets.token_urlsafe(20)


def random_letters(count: int) -> str:
    """`count` random letters and digits (5 bits each)."""
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def random_digits(count: int) -> str:
    """`count` random digits, leading zeros kept."""
    return "".join(secrets.choice("0123456789") for _ in range(count))
