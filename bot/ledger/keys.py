"""Secrets of sessions and tokens: told once, kept as digests.

They are random enough that a plain hash cannot be turned back, and looking a digest up tells nothing of the secret,
however long it takes.
"""

import hashlib
import secrets

_BYTES = 32


def new_secret(prefix: str = "") -> str:
    """256 random bits as text."""
    return prefix + secrets.token_urlsafe(_BYTES)


def digest_of(secret: str) -> str:
    """SHA-256 in hex digits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
