"""The headers that Outlook, Notes, phones and others repeat above a mail that they quote."""

import re
from collections.abc import Sequence

from ..languages import phrases
from .lines import bare

_ROLES = {
    label.casefold(): role for role in ("other", "to", "subject", "date", "from") for label in phrases(role)
}
_LABELLED = re.compile(r"([^:：\d]{1,25}?)[\s*]*[:：][\s*]*(.*)", re.DOTALL)
_LONGEST = 12  # lines, with those that a program has broken


def label(line: str) -> tuple[str, str] | None:
    """Which header a line repeats (from, date, to, subject, other), and its value."""
    found = _LABELLED.fullmatch(bare(line))
    role = _ROLES.get(found[1].strip(" *").casefold()) if found else None
    return (role, found[2]) if found and role is not None else None


def is_block(lines: Sequence[str], first: int) -> bool:
    """Whether the headers of a mail are repeated from this line on.

    It takes a sender, a date, and a subject or a sender's address: people type “From: Paris, To: London”.
    """
    if label(lines[first]) is None:
        return False
    values: dict[str, str] = {}
    others = 0
    for line in lines[first : first + _LONGEST]:
        known = label(line)
        others = 0 if known else others + 1
        if others > 2:
            break
        if known:
            values.setdefault(*known)
    has_date = re.search(r"\d", values.get("date", "")) is not None
    is_sent = "subject" in values or ("@" in values.get("from", "") and "to" in values)
    return "from" in values and has_date and is_sent
