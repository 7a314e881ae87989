"""Keyed signatures short enough for the local part of an e-mail address, and random tokens."""

import base64
import hashlib
import hmac
import secrets

from django.conf import settings


def mac(purpose: str, *parts: str, length_bits: int = 160) -> str:
    """Signature over `parts` for one `purpose`: lower-case base32 (RFC 4648) without padding, 32 characters.

    Case does not carry meaning, as mail servers may change it. Each purpose has a key of its own, derived
    from SECRET_KEY, and each part is signed with its length: neither can be traded for another.
    """
    key = hmac.digest(settings.SECRET_KEY.encode(), b"guichet.signing\0" + purpose.encode(), "sha256")
    message = b"".join(len(part).to_bytes(8, "big") + part for part in (part.encode() for part in parts))
    return _base32(hmac.digest(key, message, "sha256")[: length_bits // 8])


def matches(purpose: str, given: str, *parts: str, length_bits: int = 160) -> bool:
    """Whether `given`, in any case, is the signature over `parts`; takes the same time whatever differs."""
    expected = mac(purpose, *parts, length_bits=length_bits)
    return hmac.compare_digest(expected.encode(), given.lower().encode(errors="replace"))


def token() -> str:
    """A new secret of 160 random bits, in lower-case base32: 32 characters."""
    return _base32(secrets.token_bytes(20))


def digest(token: str) -> str:
    """What to store instead of `token`: SHA-256 in hexadecimal. Not for passwords: it is fast."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def _base32(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()
