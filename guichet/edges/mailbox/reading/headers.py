"""Headers as their sender typed them, without Python's parsers of addresses, which fail in a dozen ways."""

import re
from base64 import b64decode
from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime
from quopri import decodestring

from guichet.foundation.text.cleaning import clean_line

from .charsets import decoded

MOST_RECIPIENTS = 50

_FOLD = re.compile(r"\r?\n[ \t]*|\r")
_WORD = re.compile(r"=\?([^?\s*]{1,40})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(?<=\?=)[ \t]+(?==\?)")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")
_ADDRESS = r"[^\s\x00-\x1f<>@,;:()\"\[\]\\]{1,64}@[^\s\x00-\x1f<>@,;:()\"\[\]\\]{1,253}"
_ONE = re.compile(rf"[^<>@,;:()]*<\s*({_ADDRESS})\s*>\s*|\s*({_ADDRESS})\s*")
_ANY = re.compile(_ADDRESS)
_ID = re.compile(r"<[^<>\s\x00-\x1f]{1,250}>")


class Headers:
    """The headers of one mail, by name without regard to case, in the order in which they stand."""

    def __init__(self, message: Message) -> None:
        self._all = [(name.lower(), str(value)) for name, value in message.raw_items()]

    def every(self, name: str) -> Iterator[str]:
        return (_text(value) for known, value in self._all if known == name.lower())

    def first(self, name: str) -> str:
        return next(self.every(name), "")

    def line(self, name: str, limit: int = 250) -> str:
        """The header as its reader sees it: encoded words decoded (RFC 2047), cleaned, one line."""
        return clean_line(_words(self.first(name)), limit)

    def ids(self, name: str) -> tuple[str, ...]:
        return tuple(_ID.findall(self.first(name))[:MOST_RECIPIENTS])

    def sender(self) -> tuple[str, str]:
        """Name and address of From; no address unless exactly one header names exactly one.

        What could be read in two ways, by us and by the server that verified the sender, is not read at all.
        """
        headers = list(self.every("From"))
        if len(headers) != 1:
            return "", ""
        bare = _COMMENT.sub(" ", _QUOTED.sub(" ", headers[0]))
        found = _ONE.fullmatch(bare)
        if not found:
            return "", ""
        name = headers[0].partition("<")[0] if found[1] else ""
        return clean_line(_words(name).strip(' "'), 120), found[1] or found[2]

    def recipients(self) -> tuple[str, ...]:
        found = [
            address
            for name in ("To", "Cc", "Delivered-To", "X-Original-To")
            for value in self.every(name)
            for address in _ANY.findall(value)
        ]
        return tuple(dict.fromkeys(found))[:MOST_RECIPIENTS]

    def date(self) -> datetime | None:
        """When it was written, in UTC; None when that cannot be told or believed."""
        try:
            moment = parsedate_to_datetime(self.first("Date")).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        return moment if 1970 < moment.year < 2200 else None


def _text(value: str) -> str:
    """One line. Bytes outside ASCII, which Python keeps as surrogates, are taken for UTF-8 (RFC 6532)."""
    line = _FOLD.sub(" ", value)
    return decoded(line.encode("utf-8", "surrogateescape"), "utf-8")


def _words(value: str) -> str:
    return _WORD.sub(_word, _BETWEEN_WORDS.sub("", value))


def _word(found: re.Match[str]) -> str:
    charset, encoding, content = found.groups()
    try:
        if encoding in "bB":
            raw = b64decode(content + "=" * (-len(content) % 4))
        else:
            raw = decodestring(content.encode("ascii", "replace"), header=True)
    except ValueError:
        return found.group()
    return decoded(raw, charset)
