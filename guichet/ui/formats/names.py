"""People's names in small: initials and a steady colour."""

from zlib import crc32

from markupsafe import Markup

HUES = 12


def initials(name: str) -> str:
    """One or two letters: ``Ada Lovelace`` → ``AL``, ``田中 花子`` → ``田花``."""
    words = name.partition("@")[0].replace(".", " ").split()
    ends = words if len(words) < 2 else [words[0], words[-1]]
    return "".join(word[0] for word in ends).upper() or "?"


def hue(name: str) -> int:
    """A number from 0 to 11 that stays the same for a name, in every process."""
    return crc32(name.strip().casefold().encode("utf-8", "replace")) % HUES


def bold(name: str) -> Markup:
    """The name to stand out in a sentence that is put together elsewhere."""
    return Markup("<b>{}</b>").format(name)
