"""Mails put together byte by byte, as programs do it: not by the package that reads them elsewhere."""

import base64
import binascii
from collections.abc import Sequence

from .case import ADDRESS, Case

Header = tuple[str, str]


def word(text: str, charset: str = "utf-8", encoding: str = "B") -> str:
    """A header's words (RFC 2047), each short enough for a line."""
    if text.isascii():
        return text
    pieces = [text[at : at + 12] for at in range(0, len(text), 12)]
    return "\r\n ".join(f"=?{charset}?{encoding}?{_coded(piece, charset, encoding)}?=" for piece in pieces)


def _coded(text: str, charset: str, encoding: str) -> str:
    raw = text.encode(charset, "replace")
    if encoding == "B":
        return base64.b64encode(raw).decode()
    return "".join(chr(one) if chr(one).isalnum() and one < 128 else f"={one:02X}" for one in raw)


def part(
    text: str, kind: str = "text/plain", *, charset: str = "utf-8", encoding: str = "8bit", extra: str = ""
) -> bytes:
    """A part with its headers."""
    raw = text.replace("\n", "\r\n").encode(charset, "replace")
    head = f"Content-Type: {kind}; charset={charset}{extra}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + encoded(raw, encoding) + b"\r\n"


def encoded(raw: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return base64.encodebytes(raw).replace(b"\n", b"\r\n")
    if encoding == "quoted-printable":
        lines = raw.split(b"\r\n")
        return b"\r\n".join(binascii.b2a_qp(line).replace(b"\n", b"\r\n") for line in lines)
    return raw


def file(name: str, kind: str, content: bytes, *, inline: str = "", disposition: str = "attachment") -> bytes:
    head = f'Content-Type: {kind}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
    head += f"Content-ID: <{inline}>\r\n" if inline else ""
    head += f'Content-Disposition: {disposition}; filename="{name}"\r\n\r\n'
    return head.encode() + encoded(content, "base64")


def several(kind: str, parts: Sequence[bytes], boundary: str) -> bytes:
    line = f"--{boundary}\r\n".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
    return head + b"".join(line + one + b"\r\n" for one in parts) + f"--{boundary}--\r\n".encode()


def mail(
    case: Case,
    body: bytes,
    *headers: Header,
    subject: str = "Re: [#42] The export stays empty",
    encoding: str = "B",
    charset: str = "utf-8",
) -> bytes:
    """A whole mail: headers, then `body`, which begins with those of its content."""
    name = case.word("name")
    lines = [
        ("From", f"{word(name, charset, encoding)} <rose@acme.example>"),
        ("To", f"{case.vendor} <{ADDRESS}>"),
        ("Subject", word(subject, charset, encoding)),
        ("Date", case.at.strftime("%a, %d %b %Y %H:%M:%S +0000")),
        ("Message-ID", f"<{case.language}-{case.number}@acme.example>"),
        ("MIME-Version", "1.0"),
        *headers,
    ]
    return "".join(f"{name}: {value}\r\n" for name, value in lines).encode(errors="replace") + body


ANSWERS: tuple[Header, ...] = (
    ("In-Reply-To", "<g.42.7.abc@vendor.example>"),
    ("References", "<request-42@vendor.example>\r\n <g.42.7.abc@vendor.example>"),
)
