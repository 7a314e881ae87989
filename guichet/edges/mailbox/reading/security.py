"""How a mail is signed or encrypted, told from its parts. Nothing is checked or opened here."""

from collections.abc import Iterator

from .mail import Security
from .structure import Part

_PKCS7 = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_INLINE = {
    "-----BEGIN PGP MESSAGE-----": Security.PGP_ENCRYPTED,
    "-----BEGIN PGP SIGNED MESSAGE-----": Security.PGP_SIGNED,
}


def security_of(root: Part, text: str) -> Security:
    """By RFC 8551 and RFC 3156, or PGP within the text itself. The outermost counts."""
    found = next((kind for part in _all(root) if (kind := _of_part(part))), Security.NONE)
    return found or next((kind for mark, kind in _INLINE.items() if mark in text), Security.NONE)


def _all(part: Part) -> Iterator[Part]:
    yield part
    for one in part.parts:
        yield from _all(one)


def _of_part(part: Part) -> Security:
    protocol = part.parameters.get("protocol", "").lower()
    if part.kind == "multipart/signed":
        return Security.PGP_SIGNED if "pgp" in protocol else Security.SMIME_SIGNED
    if part.kind == "multipart/encrypted":
        return Security.PGP_ENCRYPTED
    if part.kind in _PKCS7 and part.parameters.get("smime-type", "").lower() != "certs-only":
        is_signed = part.parameters.get("smime-type", "").lower() == "signed-data"
        return Security.SMIME_SIGNED if is_signed else Security.SMIME_ENCRYPTED
    return Security.NONE
