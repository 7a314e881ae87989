"""Keyset pagination: a page is found by the last row of the one before, so depth costs nothing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

Row = TypeVar("Row")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CURSOR = re.compile(r"([<>])([0-9]{1,17})-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a list ordered by (moment, id); `backwards` asks for the page that ends there."""

    moment: datetime
    id: int
    backwards: bool = False

    def __str__(self) -> str:
        microseconds = (self.moment - _EPOCH) // timedelta(microseconds=1)
        return f"{'<' if self.backwards else '>'}{microseconds}-{self.id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor somebody sent, or None for the first page: a broken one is not worth an error."""
        match = _CURSOR.fullmatch(text)
        if not match:
            return None
        try:
            moment = _EPOCH + timedelta(microseconds=int(match[2]))
        except OverflowError:
            return None
        return cls(moment, int(match[3]), backwards=match[1] == "<")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, and the cursors of the pages before and after where there are any."""

    rows: Sequence[Row]
    before: str = ""
    after: str = ""
