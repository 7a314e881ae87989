"""People's names in small: initials and a steady colour."""

from functools import lru_cache
from zlib import crc32

import regex
from markupsafe import Markup

HUES = 12
_SIGN = regex.compile(r"\X")  # an extended grapheme cluster (UAX #29)
_EAST_ASIAN = regex.compile(r"[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]")


@lru_cache(4096)  # a list shows the same few people again and again
def initials(name: str) -> str:
    """One or two letters: ``Ada Lovelace`` → ``AL``.

    Of a name in Han or Kana one sign, that with which the family name begins: ``田中 花子`` → ``田``.
    """
    words = name.partition("@")[0].replace(".", " ").split()
    one = len(words) < 2 or _EAST_ASIAN.match(words[0])
    ends = words[:1] if one else [words[0], words[-1]]
    return "".join(sign[0] for word in ends if (sign := _SIGN.match(word))).upper() or "?"


def hue(name: str) -> int:
    """A number from 0 to 11 that stays the same for a name, in every process."""
    return crc32(name.strip().casefold().encode("utf-8", "replace")) % HUES


def bold(name: str) -> Markup:
    """The name to stand out in a sentence that is put together elsewhere."""
    return Markup("<b>{}</b>").format(name)
