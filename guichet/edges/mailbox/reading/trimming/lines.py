"""Lines of a mail's text as they are compared: without marks of quotation, emphasis and direction."""

import re

# Year, time or date in digits, as every program writes them in whatever language.
DATE = (
    r"(?:\d{1,2}[:.h時시]\s?\d{2}|\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{1,4}"
    r"|(?<!\d)(?:19|20)\d\d(?!\d)|\d\s?[年년])"
)
ADDRESS = r"[^\s<>()\"@]{1,64}@[^\s<>()\"@]{1,250}"

INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_QUOTED = re.compile(r"\s{0,3}[>＞](?!\s*[:：]\s*$)")  # `>:` ends an attribution that was broken there
_MARKS = re.compile(r"^(?:\s{0,3}[>＞])+\s?")
_LONGEST = 500


def is_quoted(line: str) -> bool:
    return _QUOTED.match(line) is not None


def bare(line: str) -> str:
    """A line without what programs put around its words; of a very long one, the beginning."""
    line = _MARKS.sub("", INVISIBLE.sub("", line[:_LONGEST]).replace("\xa0", " "))
    return line.strip(" \t*_") if "*" in line else line.strip()
