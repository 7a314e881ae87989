"""Where programs themselves mark the mails that they quote, in their HTML."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from guichet.foundation.html import markup
from guichet.foundation.html.layout import lay_out
from guichet.foundation.html.markup import Piece
from guichet.foundation.html.outline import VOID

from .letters import letters
from .trimming import Circumstances
from .trimming.blocks import is_block
from .trimming.circumstances import says_that_answers_are_below
from .trimming.separators import is_forwarded
from .trimming.signatures import is_signature

MARKS = frozenset({"id", "name", "type"})

# Elements that hold a quoted mail, or the line above it: Gmail, Yahoo, Thunderbird, Proton, Tuta, Zoho,
# Roundcube, GMX and others.
_HOLDS = re.compile(
    r"gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|tutanota_quote"
    r"|zmail_extra|reply-intro|mail_android_quote|gmx_quote|ntes_quote|front-blockquote|missive_quote",
    re.IGNORECASE,
)
# What is below these, to the end, is quoted: Outlook in its many forms, Hotmail, Zimbra.
_BEGINS = re.compile(
    r"(?:x_)*(?:appendonsend|divRplyFwdMsg|mail-editor-reference-message-container|stopSpelling|zwchr"
    r"|OutlookMessageHeader|oriMsgHtmlSeperator|ms-outlook-mobile-reference-message)",
    re.IGNORECASE,
)
_RULED_OFF = re.compile(r"border-top:\s*solid", re.IGNORECASE)
_ANYWHERE = re.compile(rf"{_HOLDS.pattern}|{_BEGINS.pattern}|border-top:|\bcite\b|\bquote\b", re.IGNORECASE)
_FIRST_LINES, _FIRST_PIECES = 15, 200


@dataclass(slots=True)
class _Parted:
    """HTML in two: what is somebody's own, and what lies in elements for quotations."""

    own: list[Piece] = field(default_factory=list)
    above: list[Piece] = field(default_factory=list)
    below: list[Piece] = field(default_factory=list)
    quoted: list[Piece] = field(default_factory=list)
    to_the_end: bool = False


def may_quote(html: str) -> bool:
    """Whether it is worth to look: cheap, and true of all that is found."""
    return _ANYWHERE.search(html) is not None


def without_history(pieces: Sequence[Piece], known: Circumstances) -> list[Piece] | None:
    """Well nested HTML without the mails that it quotes; None where that is not certain, or there are none.

    What is passed on is not taken for quoted, and neither is what somebody writes between.
    """
    parted = _part(pieces)
    if known.is_forward or not parted.quoted:
        return None
    above, below = _lines(parted.above), _lines(parted.below)
    has_above, has_below = bool(letters("".join(above))), bool(letters("".join(below)))
    if any(map(is_forwarded, _lines(parted.quoted)[:_FIRST_LINES])):
        return None
    if parted.to_the_end and (not has_above or known.is_answer is False or _may_be_answered(above)):
        return None
    if has_above and has_below and not is_signature(below):
        return None
    return parted.own


def _may_be_answered(above: list[str]) -> bool:
    return says_that_answers_are_below("\n".join(above))


def _part(pieces: Sequence[Piece]) -> _Parted:
    parted = _Parted()
    open_tags: list[str] = []
    held = 0  # how many tags were open once the quotation had begun
    for at, piece in enumerate(pieces):
        if piece.kind == "end":
            open_tags.pop()
        elif piece.kind == "start":
            attributes = {} if held else markup.attributes(piece.attributes)
            if _begins(attributes, pieces, at):
                parted.quoted += pieces[at:]
                parted.own += [Piece("end", name) for name in reversed(open_tags)]
                parted.to_the_end = True
                break
            if piece.text not in VOID:
                open_tags.append(piece.text)
                held = held or (len(open_tags) if _holds(piece.text, attributes) else 0)
        if held:
            parted.quoted.append(piece)
            held = held if len(open_tags) >= held else 0
        else:
            parted.own.append(piece)
            (parted.below if parted.quoted else parted.above).append(piece)
    return parted


def _holds(name: str, attributes: dict[str, str]) -> bool:
    if name == "blockquote" and attributes.get("type", "").lower() == "cite":
        return True
    if attributes.get("name", "").lower() == "quote":
        return True
    return any(_HOLDS.search(attributes.get(one, "")) for one in ("class", "id"))


def _begins(attributes: dict[str, str], pieces: Sequence[Piece], at: int) -> bool:
    if any(_BEGINS.fullmatch(attributes.get(one, "")) for one in ("class", "id", "name")):
        return True
    if not _RULED_OFF.search(attributes.get("style", "")):
        return False
    return is_block(_lines(pieces[at : at + _FIRST_PIECES]), 0)


def _lines(pieces: Iterable[Piece]) -> list[str]:
    """The text of a stretch of HTML, in which tags may end that began before it, and others go on."""
    kept: list[Piece] = []
    open_tags: list[str] = []
    for piece in pieces:
        if piece.kind == "end":
            if not open_tags:
                continue
            open_tags.pop()
        elif piece.kind == "start" and piece.text not in VOID:
            open_tags.append(piece.text)
        kept.append(piece)
    return lay_out((*kept, *(Piece("end", name) for name in reversed(open_tags)))).strip("\n").split("\n")
