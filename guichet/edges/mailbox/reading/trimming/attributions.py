"""What programs write above the mail that they quote: “On …, … wrote:”, in the languages of their users."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..languages import any_of
from .lines import ADDRESS, DATE, INVISIBLE, bare, is_quoted

_opened = re.compile(any_of("opened"), re.IGNORECASE)
_unopened = re.compile(any_of("unopened"), re.IGNORECASE)
# Gmail writes no verb in Russian, Japanese and others: a date, a name, an address.
_NO_VERB = re.compile(rf"{DATE}.{{0,150}}[<(]+\s*{ADDRESS}\s*[>)]+\s*[:：]")

_ADDRESS = re.compile(ADDRESS)
_DATE = re.compile(DATE)
_ENDS = re.compile(r"(?:[:：]|-{3,})\s*$")
_GOES_ON = re.compile(r"[<(]")  # a line that begins so belongs to the one above it
_EARLY_DIGIT = re.compile(r".{0,40}\d")
_MOST_LINES = 4


@dataclass(frozen=True, slots=True)
class Attribution:
    """The lines from `first` to `last`. `address` is whom they name, `is_full` whether with a date, too."""

    first: int
    last: int
    address: str
    is_full: bool


def may_end(line: str) -> bool:
    """Whether an attribution can end in this line. Cheap: asked of every line."""
    return _ENDS.search(INVISIBLE.sub("", line[-20:])) is not None


def attribution_ending(lines: Sequence[str], last: int) -> Attribution | None:
    """The attribution of which `last` is the last line, if it is one."""
    joined: list[str] = []
    for first in range(last, max(-1, last - _MOST_LINES), -1):
        line = bare(lines[first])
        if not line or is_quoted(lines[first]) != is_quoted(lines[last]):
            break
        said = f"{line} {joined[-1]}" if joined else line
        joined.append(said.replace(">wrote", "> wrote"))  # as Gmail once broke its lines
        if _opened.fullmatch(joined[-1]) and (first == last or _EARLY_DIGIT.match(line)):
            return _found(joined[-1], first - int(_ends_open(lines, first)), last)
    for above, said in enumerate(joined):
        if _unopened.fullmatch(said) or _NO_VERB.search(said):
            goes_on = _GOES_ON.match(said) or _ends_open(lines, last - above)
            more = int(bool(goes_on) and above + 1 < len(joined))
            return _found(joined[above + more], last - above - more, last)
    return None


def _found(joined: str, first: int, last: int) -> Attribution | None:
    """A person writes such words too, but not with a date in digits or an address."""
    date, address = _DATE.search(joined), _ADDRESS.search(joined)
    if not date and not address:
        return None
    return Attribution(first, last, address.group() if address else "", bool(date and address))


def _ends_open(lines: Sequence[str], first: int) -> bool:
    """Whether the line above is the beginning of this sentence: a date and a comma, or an open bracket."""
    above = bare(lines[first - 1]) if first else ""
    if above.endswith(("<", "(")):
        return True
    return above.endswith((",", "、")) and len(above) < 60 and _DATE.search(above) is not None
