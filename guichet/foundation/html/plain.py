"""Between plain text and HTML."""

import re
from html import escape

from guichet.foundation.text.cleaning import encodable

from .layout import ATTRIBUTES, lay_out
from .links import pieces as pieces_of_text
from .outline import pieces

_PARAGRAPHS = re.compile(r"\n(?:[ \t]*\n)+")


def text_of(html: str) -> str:
    """What a reader sees of `html`, as text with lines, lists, tables, links and quotations; trimmed."""
    return lay_out(pieces(html, also=ATTRIBUTES)).strip()


def paragraphs(text: str) -> str:
    """Plain `text` as safe HTML: blank lines part paragraphs, line ends stay, web addresses become links."""
    blocks = _PARAGRAPHS.split(encodable(text).replace("\r\n", "\n").replace("\r", "\n").strip("\n"))
    return "\n".join(f"<p>{_inline(block)}</p>" for block in blocks if block.strip())


def _inline(text: str) -> str:
    return "".join(
        f'<a href="{escape(piece)}" rel="nofollow noopener noreferrer">{escape(piece)}</a>'
        if is_address
        else escape(piece).replace("\n", "<br>\n")
        for piece, is_address in pieces_of_text(text)
    )
