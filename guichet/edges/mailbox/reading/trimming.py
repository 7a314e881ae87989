"""The words somebody wrote, apart from the mail that they answered and their program quoted beneath."""

import re
from dataclasses import dataclass
from functools import cache

from mailparser_reply.parser import EmailMessage

from guichet.reactions.email.mark import PATTERN as MARK

_LANGUAGES = ["en", "fr", "de", "es", "ja"]
# Its patterns take 150 s over one line of 40 kB, and a quarter of a second over what is let through here.
_LONGEST_LINE, _LONGEST_TEXT = 500, 20_000
_LINES_BEFORE_MARK = 15  # where a program puts its "On … wrote:" or its block of headers
_RULE = re.compile(r"\n_{10,}$")  # Outlook draws one above the headers that it quotes
_QUOTED = re.compile(r"\s*>")
_ATTRIBUTION = re.compile(r".*[@\d].*[:：]\s*$")


@dataclass(frozen=True, slots=True)
class Trimmed:
    """`visible` is what to show; `was_cut` says that the mail holds more. Rather too much than too little."""

    visible: str
    was_cut: bool = False


def trim(text: str) -> Trimmed:
    """The answer in `text`, the whole text of a mail.

    Cut only where a quotation is certain: at the line that our mails begin with, or where the lines beneath
    an attribution are quoted. Whoever writes between or below quoted lines is shown with all of them.
    """
    lines = text.split("\n")
    end = _end(lines)
    visible = _RULE.sub("", "\n".join(lines[:end]).strip()).strip()
    if end == len(lines) or not visible or _writes_below(lines[end:]):
        return Trimmed(text.strip())
    return Trimmed(visible, was_cut=True)


def _end(lines: list[str]) -> int:
    """How many lines are the author's own."""
    marked = next((number for number, line in enumerate(lines) if MARK.match(line)), None)
    if marked is not None:
        start = max(0, marked - _LINES_BEFORE_MARK)
        found = _header_in(lines[start:marked])
        return start + found[0] if found else _without_attribution(lines, marked)
    found = _header_in(lines)
    if found is None:
        return len(lines)
    first, last = found
    is_block = last - first >= 2  # From, Sent, To: nobody types that
    return first if is_block or _is_quoted_at(lines, last + 1) else len(lines)


def _header_in(lines: list[str]) -> tuple[int, int] | None:
    """First and last line of what introduces a quotation, if anything does."""
    capped = "\n".join(line[:_LONGEST_LINE].strip() for line in lines)[:_LONGEST_TEXT]
    found = _introduction().search(capped)
    if not found:
        return None
    start = found.start() + len(found.group()) - len(found.group().lstrip("\n"))
    return capped.count("\n", 0, start), capped.count("\n", 0, found.end())


@cache
def _introduction() -> re.Pattern[str]:
    pattern: re.Pattern[str] = EmailMessage(text="", languages=list(_LANGUAGES)).HEADER_REGEX
    return pattern


def _without_attribution(lines: list[str], marked: int) -> int:
    """Go up from our line over what only mail programs write there: an address or a date, and a colon."""
    end = marked
    while end and (not lines[end - 1].strip() or _QUOTED.match(lines[end - 1])):
        end -= 1
    return end - 1 if end and _ATTRIBUTION.match(lines[end - 1][:_LONGEST_LINE]) else end


def _is_quoted_at(lines: list[str], number: int) -> bool:
    following = next((line for line in lines[number:] if line.strip()), "")
    return _QUOTED.match(following) is not None


def _writes_below(rest: list[str]) -> bool:
    """Whether, after lines quoted by `>`, others follow that are not: an answer below or between."""
    quoted = [number for number, line in enumerate(rest) if _QUOTED.match(line)]
    return bool(quoted) and any(line.strip() for line in rest[quoted[0] :] if not _QUOTED.match(line))
