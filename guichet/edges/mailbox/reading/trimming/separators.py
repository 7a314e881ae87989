"""Lines that say what follows: the original message, or one that is passed on."""

import re

from ..languages import any_of
from .lines import bare

_DASHES = r"[-_=—‐–]{2,}"
_original = re.compile(rf"{_DASHES}\s*(?:{any_of('original')})(?:\s*{_DASHES})?\s*:?", re.IGNORECASE)
_forwarded = re.compile(
    # Apple writes no dashes.
    rf"{_DASHES}\s*(?:{any_of('forwarded')}).{{0,100}}|(?:{any_of('forwarded_below')})\s*[:：]",
    re.IGNORECASE,
)
# The second is “-----Original Message-----” in a language that we do not know.
_RULE = re.compile(r"[-_=—‐–*━─]{4,}|[-_=]{4,}\s*[^-_=]{1,40}[-_=]{4,}")


def is_original(line: str) -> bool:
    """“-----Original Message-----”: what is below is quoted."""
    return _original.fullmatch(bare(line)) is not None


def is_forwarded(line: str) -> bool:
    """“---------- Forwarded message”: what is below is why somebody writes."""
    return _forwarded.fullmatch(bare(line)) is not None


def is_rule(line: str) -> bool:
    """A line that programs draw above what they quote. By itself it tells nothing."""
    return _RULE.fullmatch(line.strip()) is not None
