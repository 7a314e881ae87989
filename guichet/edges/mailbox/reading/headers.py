"""Headers as their sender typed them, without Python's parsers of addresses, which fail in a dozen ways."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from guichet.foundation.text.cleaning import clean_line

from .addresses import ADDRESS, addresses_in, all_addresses
from .charsets import decoded
from .head import Field
from .mail import Address
from .words import decode_words

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')
_COMMENT = re.compile(r"\([^()]*\)")
_ONE = re.compile(rf"(?P<before>[^<>,;:()]*)<\s*(?P<angle>{ADDRESS})\s*>\s*|\s*(?P<bare>{ADDRESS})\s*")
_ID = re.compile(r"<[^<>\s\x00-\x1f]{1,250}>")
_BARE_ID = re.compile(r"[^<>\s\x00-\x1f]{1,125}@[^<>\s\x00-\x1f]{1,125}")
_MOST_IDS = 100


class Headers:
    """The headers of one mail or part, by name without regard to case, in the order in which they stand."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._all = fields

    def every(self, name: str) -> Iterator[str]:
        """One line each. Bytes outside ASCII are taken for UTF-8 (RFC 6532) if they can be."""
        return (decoded(value, "utf-8") for known, value in self._all if known == name.lower())

    def first(self, name: str) -> str:
        return next(self.every(name), "")

    def line(self, name: str, limit: int = 250) -> str:
        """The header as its reader sees it: encoded words decoded (RFC 2047), cleaned, one line."""
        return clean_line(decode_words(self.first(name)), limit)

    def ids(self, name: str) -> tuple[str, ...]:
        """The ids in a header; of very many, the first one and the last."""
        value = self.first(name)
        found = _ID.findall(value) or [f"<{bare}>" for bare in _BARE_ID.findall(value)]
        return tuple(found if len(found) <= _MOST_IDS else [found[0], *found[1 - _MOST_IDS :]])

    def sender(self) -> tuple[str, str]:
        """Name and address of From; no address unless exactly one header names exactly one.

        What could be read in two ways, by us and by the server that verified the sender, is not read at all.
        """
        headers = list(self.every("From"))
        if len(headers) != 1:
            return "", ""
        found = _ONE.fullmatch(_COMMENT.sub(" ", _QUOTED.sub(" ", headers[0])))
        if not found:
            return "", ""
        address = found["angle"] or found["bare"]
        before = (found["before"] or "").strip()
        if "@" in before and before.lower() != address.lower():
            return "", ""
        name = headers[0].partition("<")[0] if found["angle"] else ""
        return clean_line(decode_words(name).strip(" \"'"), 120), address

    def author(self, most: int) -> Address:
        """The first sender, as a mail program shows it."""
        return next(iter(self.people("From", most) or self.people("Sender", most)), Address())

    def people(self, name: str, most: int) -> tuple[Address, ...]:
        found = (one for value in self.every(name) for one in addresses_in(value, most))
        return tuple(dict.fromkeys(found))[:most]

    def recipients(self, most: int) -> tuple[str, ...]:
        found = [
            address
            for name in ("To", "Cc", "Delivered-To", "X-Original-To")
            for value in self.every(name)
            for address in all_addresses(value)
        ]
        return tuple(dict.fromkeys(found))[:most]

    def date(self) -> datetime | None:
        """When it was written, in UTC; None when that cannot be told or believed."""
        try:
            moment = parsedate_to_datetime(self.first("Date")).astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            return None
        return moment if 1970 < moment.year < 2200 else None
