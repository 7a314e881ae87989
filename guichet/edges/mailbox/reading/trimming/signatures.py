"""What stands below somebody's words and is none of them: a signature, a program's footer."""

import re
from collections.abc import Sequence

from .blocks import label
from .footers import is_footer
from .lines import bare, is_quoted
from .separators import is_forwarded, is_rule

_DELIMITER = re.compile(r"-- ?|—|__")
_SIGNED_FOR_SURE = "-- "  # RFC 3676 4.3
_MOST_LINES = 40  # blank ones among them
# Where the delimiter may be a line of somebody's own, the rest must look like names and numbers.
_MOST_SHORT_LINES, _LONGEST_SHORT_LINE = 8, 80
# `Rose Requester, Acme Manufacturing Co. Ltd.` is none.
_SENTENCE = re.compile(
    r"(?:\S+\s+){4,}\S*[^\W\d_]{5}[.!…]$|(?:\S+\s+){7,}\S+[.!…]$|.{8,}[。！]$|.*[?？]$", re.DOTALL
)
_AFTERTHOUGHT = re.compile(r"(?:P\.? ?P?\.?S\b|N\.? ?B\b|追伸|附言|추신)\s*[.:：)]?", re.IGNORECASE)


def without_signature(lines: Sequence[str]) -> list[str]:
    """`lines` without a signature and footers at their end."""
    kept = _without_footers(_without_blank_end(lines))
    for at in range(max(0, len(kept) - _MOST_LINES), len(kept)):
        if _DELIMITER.fullmatch(kept[at]) and is_signature(kept[at:]) and not _speaks(kept[at + 1 :]):
            kept = _without_footers(_without_blank_end(kept[:at]))
            break
    return kept


def is_signature(lines: Sequence[str]) -> bool:
    """Whether all of `lines`, from a delimiter or a footer on, are nobody's words."""
    said = [line for line in lines if line.strip()]
    if all(is_footer(line) or is_rule(line) for line in said):
        return True
    if not said or not _DELIMITER.fullmatch(said[0]) or len(said) > _MOST_LINES:
        return False
    if any(_AFTERTHOUGHT.match(bare(line)) or _is_of_another_mail(line) for line in said):
        return False
    if said[0] == _SIGNED_FOR_SURE:
        return True
    return len(said) <= _MOST_SHORT_LINES + 1 and not any(map(_is_said, said[1:]))


def _speaks(lines: Sequence[str]) -> bool:
    """Whether what follows begins with a sentence, as signatures do not: they begin with a name."""
    return _is_said(next((line for line in lines if line.strip()), ""))


def _is_said(line: str) -> bool:
    is_long = len(line) > _LONGEST_SHORT_LINE or _SENTENCE.match(bare(line)) is not None
    return is_long and not is_footer(line)


def _is_of_another_mail(line: str) -> bool:
    return is_quoted(line) or is_forwarded(line) or (label(line) or ("", ""))[0] in ("from", "subject")


def _without_blank_end(lines: Sequence[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return list(lines[:end])


def _without_footers(lines: list[str]) -> list[str]:
    """A footer is the last line, with a blank one above it, or another footer."""
    end = len(lines)
    while end and (is_footer(lines[end - 1]) or (end < len(lines) and not lines[end - 1].strip())):
        end -= 1
    stands_apart = end == len(lines) or not end or not lines[end].strip() or is_rule(lines[end - 1])
    kept = lines[:end]
    return _without_blank_end(kept) if stands_apart else _without_blank_end(lines)
