"""The same words in two forms: found in one what the other says, by its letters and digits alone."""

import re
from collections.abc import Sequence
from html import unescape

from guichet.foundation.html.markup import Piece
from guichet.foundation.html.outline import VOID

_NONE = re.compile(r"[\W_]+")
# What stands in the text for links and pictures of the HTML.
_STAND_INS = re.compile(
    r"<(?:https?://|mailto:)?[^<>\s]{3,2000}>|\[(?:image|cid|Image|画像|Bild)\s?:[^\]\n]{0,300}\]"
)
_NUMBERED = re.compile(r"^((?:\s|>)*)\d{1,3}\. ", re.MULTILINE)
_RULE = re.compile(r"\s*[-_=—]{2,}\s*")


def letters(text: str) -> str:
    """Letters and digits of `text`, but for the addresses that stand for links."""
    return _NONE.sub("", _STAND_INS.sub("", text)).casefold()


def text_like(sample: str, text: str) -> str:
    """The beginning of `text` that says what `sample` says; empty unless it does, and goes on after it."""
    wanted = letters(sample)
    said = letters(text)
    if not wanted or len(wanted) >= len(said) or not said.startswith(wanted):
        return ""
    lines = text.split("\n")
    low, high = 0, len(lines)
    while low < high:
        middle = (low + high) // 2
        if len(letters("\n".join(lines[: middle + 1]))) < len(wanted):
            low = middle + 1
        else:
            high = middle
    found = "\n".join(lines[: low + 1])
    return found.strip() if letters(found) == wanted else ""


def cut_like(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """The beginning of well nested HTML that says what `text` says; empty if none does."""
    return next(filter(None, (_cut(wanted, pieces) for wanted in _wanted(text))), [])


def _wanted(text: str) -> dict[str, None]:
    """With and without the numbers of lists, which HTML may count by itself."""
    return dict.fromkeys((letters(text), letters(_NUMBERED.sub(r"\1", text))))


def _cut(wanted: str, pieces: Sequence[Piece]) -> list[Piece]:
    at = 0
    for number, piece in enumerate(pieces):
        if piece.kind != "text":
            continue
        said = letters(unescape(piece.text))
        if at == len(wanted) and wanted and (said or _RULE.fullmatch(piece.text)):
            return _closed(pieces[:number])
        if not wanted.startswith(said, at):
            return []
        at += len(said)
    return _closed(pieces) if wanted and at == len(wanted) else []


def _closed(pieces: Sequence[Piece]) -> list[Piece]:
    """The beginning of well nested HTML as such, without line ends and boxes that hold nothing at its end."""
    kept = list(pieces)
    while kept and (kept[-1].kind == "start" or not kept[-1].text.strip()) and kept[-1].text != "img":
        kept.pop()
    open_tags: list[str] = []
    for piece in kept:
        if piece.kind == "end":
            open_tags.pop()
        elif piece.kind == "start" and piece.text not in VOID:
            open_tags.append(piece.text)
    return [*kept, *(Piece("end", name) for name in reversed(open_tags))]
