"""Pages of what is ordered by its number alone, newest first. Depth costs nothing."""

import re
from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet

from guichet.foundation.paging import Page

PAGE_SIZE = 50
_CURSOR = re.compile(r"([<>])([0-9]{1,18})")

Row = TypeVar("Row", bound=Model)


def page_at(rows: QuerySet[Row], cursor: str, *, size: int = PAGE_SIZE) -> Page[Row]:
    """One page, in one query. `cursor` is as another page gave it; anything else is the first page."""
    match = _CURSOR.fullmatch(cursor)
    backwards = bool(match and match[1] == "<")
    if match:
        rows = rows.filter(pk__gt=int(match[2])) if backwards else rows.filter(pk__lt=int(match[2]))
    found: Sequence[Row] = list(rows.order_by("pk" if backwards else "-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found = found[::-1]
    newer, older = (more, True) if backwards else (bool(match), more)
    return Page(
        rows=found,
        before=f"<{found[0].pk}" if found and newer else "",
        after=f">{found[-1].pk}" if found and older else "",
    )
