"""Where the mails begin that a mail quotes, and where they end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from guichet.reactions.email.mark import PATTERN as MARK

from .attributions import Attribution, attribution_ending, may_end
from .blocks import is_block, label
from .circumstances import Circumstances, says_that_answers_are_below
from .lines import ADDRESS, DATE, bare, is_quoted
from .separators import is_forwarded, is_original
from .signatures import is_signature, without_signature

_MOST_LINES = 20_000
_MOST_CANDIDATES = 100
_CAN_INTRODUCE = re.compile(r"[:：]|[-_=—‐–]{2}")
_NEAR = 15  # lines between what introduces a quotation and the mark at its top


@dataclass(frozen=True, slots=True)
class Cut:
    """What is quoted lies from line `start` to before line `end`: nowhere, where these are equal."""

    start: int
    end: int


def history_in(lines: Sequence[str], known: Circumstances) -> Cut:
    """The quoted mails; nothing where that is not certain, or where somebody writes within them."""
    nothing = Cut(len(lines), len(lines))
    if known.is_forward:
        return nothing
    marked = next((at for at, line in enumerate(lines) if MARK.match(line)), len(lines))
    candidates = 0
    for at, line in enumerate(lines[: min(marked, _MOST_LINES)]):
        if not _CAN_INTRODUCE.search(line):
            continue
        is_near = _leads_to(lines, at, marked)
        if is_forwarded(line) and not is_quoted(line):
            return nothing
        if may_end(line) and candidates < _MOST_CANDIDATES:
            candidates += 1
            found = attribution_ending(lines, at)
            cut = found and _below_attribution(lines, found, known, is_near=is_near)
            if cut:
                return cut
        if label(line) or is_original(line):
            cut = _below_block(lines, at, known, is_near=is_near)
            if cut:
                return cut
    return _at_mark(lines, marked) if marked < len(lines) else nothing


def _leads_to(lines: Sequence[str], at: int, marked: int) -> bool:
    """Whether only what programs write stands between this line and the mark at the top of our mail."""
    if marked == len(lines) or marked > at + _NEAR:
        return False
    between = (line for line in lines[at + 1 : marked] if line.strip())
    return all(is_quoted(line) or label(line) or "@" in line for line in between)


def _below_attribution(
    lines: Sequence[str], found: Attribution, known: Circumstances, *, is_near: bool
) -> Cut | None:
    below = next((at for at in range(found.last + 1, len(lines)) if lines[at].strip()), None)
    if below is not None and (is_quoted(lines[below]) or is_quoted(lines[found.last])):
        return _quoted(lines, found.first, below)
    # Yahoo and others mark no line.
    is_certain = is_near or (found.is_full and (below is None or known.answers(found.address)))
    return _to_the_end(lines, found.first) if is_certain else None


def _below_block(lines: Sequence[str], at: int, known: Circumstances, *, is_near: bool) -> Cut | None:
    is_separated = is_original(lines[at]) and (known.is_answer or _introduces(lines, at))
    if not is_separated and not is_block(lines, at):
        return None
    if is_quoted(lines[at]):
        return _quoted(lines, at, at)
    return None if known.is_answer is False and not is_near else _to_the_end(lines, at)


def _introduces(lines: Sequence[str], at: int) -> bool:
    """Whether a line like “-----Original Message-----” stands above what such a line stands above."""
    below = [line for line in lines[at + 1 : at + 6] if line.strip()]
    return any(label(line) or is_quoted(line) or may_end(line) for line in below)


def _to_the_end(lines: Sequence[str], start: int) -> Cut:
    """Lines that are not marked may hold answers: of whoever says so, or says nothing above them."""
    above = "\n".join(without_signature(lines[:start]))
    if not above.strip() or says_that_answers_are_below(above):
        return Cut(len(lines), len(lines))
    return Cut(start, len(lines))


def _quoted(lines: Sequence[str], start: int, first: int) -> Cut:
    """What is quoted from `start` on, each line marked from line `first` on.

    Whoever writes above and below it, or between, is shown with it.
    """
    last = max((at for at in range(first, len(lines)) if is_quoted(lines[at])), default=first)
    between = any(lines[at].strip() and not is_quoted(lines[at]) for at in range(first, last))
    after = [line for line in lines[last + 1 :] if line.strip()]
    if not between and (not after or is_signature(after)):
        return Cut(start, len(lines))
    is_above = any(line.strip() for line in lines[:start])
    return Cut(len(lines), len(lines)) if between or is_above else Cut(start, last + 1)


def _at_mark(lines: Sequence[str], marked: int) -> Cut:
    """Our own mail, below an introduction in a language that we do not know."""
    start = marked
    while start and (not lines[start - 1].strip() or is_quoted(lines[start - 1])):
        start -= 1
    above = bare(lines[start - 1]) if start else ""
    if may_end(above) and (
        re.search(ADDRESS, above) or (is_quoted(lines[marked]) and re.search(DATE, above))
    ):
        start -= 1
    if is_quoted(lines[marked]):
        return _quoted(lines, start, marked)
    return _to_the_end(lines, start)
