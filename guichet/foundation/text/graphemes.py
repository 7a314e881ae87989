"""Length as a person counts it: extended grapheme clusters (UAX #29)."""

from collections.abc import Iterator
from itertools import islice

import regex

# Pairs of regional indicators (flags) are taken first: `\X` alone looks back through the whole run of them at
# every step, so that 1 MB of flags would take minutes. A run is always entered at its start.
_CLUSTER = regex.compile(r"[\U0001F1E6-\U0001F1FF]{2}[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}]*|\X")
# Code points become one character only beside one of these, or as CR LF. Most texts have none, and to look
# takes a thirtieth of counting clusters, which was a tenth of sending a request.
_JOINING = regex.compile(
    r"(?V1)[[^\x00-\u02FF]&&[\p{GCB=Extend}\p{GCB=ZWJ}\p{GCB=SpacingMark}\p{GCB=Prepend}"
    r"\p{GCB=L}\p{GCB=V}\p{GCB=T}\p{GCB=Regional_Indicator}]]"
)


def length(text: str) -> int:
    """How many characters a person sees in `text`, blanks at both ends aside. Linear in its size."""
    text = text.strip()
    if "\r" not in text and not _JOINING.search(text):
        return len(text)
    return sum(1 for _ in _clusters(text))


def cut(text: str, n: int) -> str:
    """At most `n` visible characters of the trimmed `text`, never half of one."""
    text = text.strip()
    if len(text) <= n:
        return text
    return "".join(islice(_clusters(text), n)).rstrip()


def fit(text: str, limit: int) -> str:
    """The longest beginning of `text` within `limit` code points that does not end in half a character."""
    if len(text) <= limit:
        return text
    end = 0
    for found in _CLUSTER.finditer(text):
        if found.end() > limit:
            break
        end = found.end()
    return text[: end or limit]


def _clusters(text: str) -> Iterator[str]:
    return (found.group() for found in _CLUSTER.finditer(text))
