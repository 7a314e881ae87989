"""Content as it was before it was made fit for transport (RFC 2045), whatever went wrong on the way."""

import re
from binascii import Error, a2b_base64, a2b_qp, a2b_uu

_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_NO_SIGNS = bytes(set(range(256)) - set(_SIGNS))
_LINE = re.compile(rb"\s*+(?:[A-Za-z0-9+/]++={1,2})*+[A-Za-z0-9+/]*+[ \t\r]*+(?:\n|\Z)")
_END_AND_MORE = re.compile(rb"=[ \t\r]*\n(?=[^\n]*[^A-Za-z0-9+/=\s])")
_MOST_PIECES = 1_000
_SOFT_END = re.compile(rb"=[ \t]+(?=\r?\n)")
_UUENCODED = re.compile(
    rb"^begin [0-7]{3,4} ([^\r\n]{1,250})\r?\n((?:[ -`]{1,80}\r?\n)+?)(?:`?[ \t]*\r?\n)?end[ \t]*\r?$",
    re.MULTILINE,
)


def content_of(body: bytes, encoding: str) -> bytes:
    """`body` decoded as its Content-Transfer-Encoding says, if that can be true. Never raises."""
    match encoding.strip(" \t\"'").lower():
        case "base64" if _LINE.match(body):
            return _whole_base64(body)
        case "quoted-printable":
            return a2b_qp(_SOFT_END.sub(b"=", body))
        case "x-uuencode" | "uuencode" | "x-uue" | "uue":
            found = _UUENCODED.search(body)
            return _uudecoded(found[2]) if found else body
        case _:
            return body


def _whole_base64(body: bytes) -> bytes:
    """Base64, and the plain lines that lists and gateways add below it."""
    end = _END_AND_MORE.search(body)
    if end is None:
        return from_base64(body)
    return from_base64(body[: end.end()]) + b"\n" + body[end.end() :]


def from_base64(body: bytes) -> bytes:
    """What is in `body`, which may be cut off, hold other signs, or be several pieces, each with its end."""
    bare = body.translate(None, _NO_SIGNS)
    if len(bare) % 4 == 0 and bare.find(b"=") in (-1, len(bare) - 1 - bare.endswith(b"==")):
        return a2b_base64(bare)  # as it should be, and without another copy of what may be large
    if bare.count(b"=") > _MOST_PIECES:
        bare = bare.replace(b"=", b"")
    return b"".join(map(_piece, bare.split(b"=")))


def _piece(signs: bytes) -> bytes:
    signs = signs[:-1] if len(signs) % 4 == 1 else signs
    return a2b_base64(signs + b"=" * (-len(signs) % 4))


def take_uuencoded(body: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """`body` without the files that stand within its text between `begin 644 name` and `end`, and these."""
    files = [(found[1].strip(), _uudecoded(found[2])) for found in _UUENCODED.finditer(body)]
    return (_UUENCODED.sub(b"", body), files) if files else (body, [])


def _uudecoded(lines: bytes) -> bytes:
    return b"".join(map(_uu_line, lines.splitlines()))


def _uu_line(line: bytes) -> bytes:
    try:
        return a2b_uu(line)
    except Error:
        # Some programs write more than they announce.
        length = (((line[0] - 32) & 63) * 4 + 5) // 3
        try:
            return a2b_uu(line[:length])
        except Error:
            return b""
