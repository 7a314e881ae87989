"""The images within an e-mail, which calls them by name (RFC 2392) and brings them along."""

from collections.abc import Iterator, Mapping
from html import escape, unescape
from urllib.parse import unquote

from . import markup
from .markup import Piece

_KEPT = ("alt", "title", "width", "height")


def with_pictures(html: str, addresses: Mapping[str, str]) -> str:
    """Cleaned `html` whose images stand at these `addresses`, by content id in lower case; the others go."""
    return markup.write(_placed(html, addresses))


def without_pictures(html: str) -> str:
    """Cleaned `html` for where our images cannot be fetched."""
    return with_pictures(html, {})


def _placed(html: str, addresses: Mapping[str, str]) -> Iterator[Piece]:
    for piece in markup.read(html):
        if (piece.kind, piece.text) != ("start", "img"):
            yield piece
            continue
        written = markup.attributes(piece.attributes)
        scheme, _, name = unescape(written.get("src", "")).partition(":")
        address = addresses.get(unquote(name).lower()) if scheme.lower() == "cid" else None
        if address:
            kept = "".join(f' {each}="{written[each]}"' for each in _KEPT if each in written)
            yield Piece("start", "img", f' src="{escape(address)}"{kept}')
