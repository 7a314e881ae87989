"""What else a mail tells of how its text is to be read."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from ..languages import any_of, phrases

_ANSWERS = frozenset(one.casefold() for one in phrases("answers"))
_FORWARDS = frozenset(one.casefold() for one in phrases("forwards"))
_PREFIX = re.compile(
    r"\s*(?:\[[^\]]{0,60}\]\s*)*([^\W\d_][^:：\[\]]{0,20}?)\s*(?:\[\d+\]|\(\d+\)|\d+)?\s*[:：]"
)
# People who answer between the lines of a mail that Outlook quotes without marks mostly say so.
_below = re.compile(rf"(?<![a-z])(?:{any_of('below')})(?![a-z])", re.IGNORECASE)
_LONGEST_ANNOUNCEMENT = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the headers tell. `is_answer` is None where nothing is known.

    `domains` are those of its recipients: whoever is answered is mostly among them.
    """

    is_answer: bool | None = None
    is_forward: bool = False
    domains: Collection[str] = ()

    def answers(self, address: str) -> bool:
        """Whether it answers this address, as far as can be told."""
        return self.is_answer is not False and address.rpartition("@")[2].lower() in self.domains


def circumstances(subject: str, recipients: Collection[str], *, refers: bool) -> Circumstances:
    """Of a mail with this subject, to these; `refers` says whether it names another mail (References)."""
    found = _PREFIX.match(subject)
    prefix = found[1].casefold() if found else ""
    # “VS:” answers in Finnish and passes on in Danish.
    is_either = prefix in _ANSWERS & _FORWARDS
    return Circumstances(
        is_answer=(refers or prefix in _ANSWERS) and not is_either,
        is_forward=prefix in _FORWARDS - _ANSWERS,
        domains=frozenset(one.rpartition("@")[2].lower() for one in recipients),
    )


def says_that_answers_are_below(words: str) -> bool:
    return len(words) <= _LONGEST_ANNOUNCEMENT and _below.search(words) is not None
