"""The text of a mail and its files."""

from collections.abc import Iterator
from email.message import Message

from guichet.foundation.html.plain import text_of

from .charsets import decoded
from .mail import File

LONGEST_TEXT = 2**20  # characters
_EML = "message/rfc822"


def text_and_files(message: Message) -> tuple[str, tuple[File, ...]]:
    """The text, made from the HTML where there is no other, and everything that is not text."""
    plain, html, files = list[str](), list[str](), list[File]()
    for part in _leaves(message):
        kind = part.get_content_type()
        attached = "attachment" in str(part.get("Content-Disposition", "")).lower() or bool(_name(part))
        if kind.startswith(("text/plain", "multipart/")) and not attached:
            plain.append(_text(part))
        elif kind == "text/html" and not attached:
            html.append(_text(part))
        elif content := _content(part):
            files.append(
                File(
                    name=_name(part) or _unnamed(kind),
                    media_type=kind,
                    content=content,
                    inline=part.get("Content-ID") is not None,
                )
            )
    text = "\n\n".join(plain).strip()[:LONGEST_TEXT]
    if text or not html:
        return text, tuple(files)
    return text_of("\n".join(html)[:LONGEST_TEXT]), tuple(files)


def _leaves(message: Message) -> Iterator[Message]:
    """The parts, in reading order. A mail within a mail is one part: its words are somebody else's."""
    waiting = [message]
    while waiting:
        part = waiting.pop()
        payload = part.get_payload()
        if isinstance(payload, list) and part.get_content_maintype() != "message":
            waiting.extend(one for one in reversed(payload) if isinstance(one, Message))
        else:
            yield part


def _content(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):
        return b"\n".join(one.as_bytes() for one in payload if isinstance(one, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message) -> str:
    return decoded(_content(part), str(part.get_param("charset") or "utf-8"))


def _name(part: Message) -> str:
    try:
        return part.get_filename("") or ""
    except (LookupError, ValueError, TypeError, AttributeError):
        return ""  # what Python raises over malformed parameters (RFC 2231)


def _unnamed(kind: str) -> str:
    return "message.eml" if kind == _EML else "attachment"
