"""Between plain text and HTML."""

import re
from html import escape, unescape

from inscriptis import get_text

from guichet.foundation.text.cleaning import encodable

from .links import pieces
from .outline import outline

_TAG = re.compile(r"<[^>]*>")
_MOST_CELLS = 5_000  # inscriptis takes 30 microseconds for each
_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")


def text_of(html: str) -> str:
    """What a reader sees of `html`, as plain text with its lines, lists and tables; trimmed."""
    known = outline(html)
    bare = unescape(_TAG.sub(" ", known))
    if not bare.strip():
        return ""  # lxml refuses a document without anything in it
    laid_out = get_text(known) if known.count("<t") <= _MOST_CELLS else ""
    return "\n".join(line.rstrip() for line in (laid_out or bare).split("\n")).strip()


def paragraphs(text: str) -> str:
    """Plain `text` as safe HTML: blank lines part paragraphs, line ends stay, web addresses become links."""
    blocks = _PARAGRAPHS.split(encodable(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return "\n".join(f"<p>{_inline(block)}</p>" for block in blocks if block.strip())


def _inline(text: str) -> str:
    return "".join(
        f'<a href="{escape(piece)}" rel="nofollow noopener noreferrer">{escape(piece)}</a>'
        if is_address
        else escape(piece).replace("\n", "<br>\n")
        for piece, is_address in pieces(text)
    )
