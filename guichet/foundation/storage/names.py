"""Names of files as their owners gave them: data to show, never a path."""

from typing import Literal
from urllib.parse import quote

import regex

from guichet.foundation.text.cleaning import clean_line
from guichet.foundation.text.graphemes import fit

LONGEST = 150
_LONGEST_ENDING = 16
# Marks of direction and characters without width make one name look like another: `exe.gpj` read backwards.
# The joiner stays, for emoji.
_HIDDEN = regex.compile(r"(?!\u200D)[\p{Cf}\p{Default_Ignorable_Code_Point}]")
_SEPARATORS = regex.compile(r"[/\\\u2044\u2215\u29F8\uFF0F\uFF3C]")
_PLAIN = regex.compile(r"[^A-Za-z0-9._ -]")


def display_name(original: str) -> str:
    """What to call a file that was sent as `original`: no folders, nothing hidden, at most 150 code points.

    The ending stays, the name is never empty. It is shown and offered for saving; nothing is stored under it.
    """
    shown = clean_line(_HIDDEN.sub("", original), limit=10 * LONGEST)
    name = _SEPARATORS.split(shown)[-1].strip(" .")
    if not name:
        return "file"
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return fit(name, LONGEST).strip()
    return fit(stem, LONGEST - len(ending) - 1).strip() + dot + ending


def disposition(kind: Literal["attachment", "inline"], name: str) -> str:
    """Value of a Content-Disposition header (RFC 6266, RFC 8187) that offers `name`, whatever it contains."""
    name = display_name(name)
    plain = _PLAIN.sub("_", name)
    value = f'{kind}; filename="{plain}"'
    return value if plain == name else f"{value}; filename*=UTF-8''{quote(name, safe='')}"
