"""HTML cut into tags and text exactly as the HTML standard's tokenizer does, in linear time.

Exactly, so that no parser after this one sees other tags: a quote has a meaning only after `=`, a comment
may end in three ways, and a tag that the text ends in is none.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

_SPACE = r"[\t\n\f\r ]"
_NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
_DOUBLE, _SINGLE, _BARE = r'[^"]*+', r"[^']*+", r"""[^\t\n\f\r >"'][^\t\n\f\r >]*+"""
# Nothing is captured within what is possessive: Python then reports wrong places, or a fault of its own.
_ATTRIBUTE = rf"""{_NAME}(?:{_SPACE}*+={_SPACE}*+(?:"{_DOUBLE}(?:"|\Z)|'{_SINGLE}(?:'|\Z)|{_BARE}|(?=>)))?+"""
_EACH_ATTRIBUTE = re.compile(
    rf"(?P<name>{_NAME})(?:{_SPACE}*+={_SPACE}*+"
    rf"""(?:"(?P<v1>{_DOUBLE})(?:"|\Z)|'(?P<v2>{_SINGLE})(?:'|\Z)|(?P<v3>{_BARE})|(?=>)))?"""
)
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<tag>[A-Za-z][^\t\n\f\r />]*+)(?P<rest>(?:[\t\n\f\r /]++|{_ATTRIBUTE})*+)>"
)
_MARKUP = re.compile(r"<[A-Za-z/!?]")
_COMMENT = re.compile(r"<!--(?:-?>|(?s:.*?)--!?>)|<!(?!--)[^>]*+>|<[?/][^>]*+>")
# Browsers read no markup inside these, and a reader has nothing to read in them.
_SILENT_END = {
    name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
# The same in haste, for what is text to everybody afterwards.
_ANY_MARKUP = re.compile(
    rf"<({'|'.join(_SILENT_END)})(?=[\s/>]).*?(?:</\1[^>]*>|\Z)|<!--.*?(?:-->|\Z)|<[A-Za-z/!?][^>]*(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)


class Piece(NamedTuple):
    kind: Literal["text", "start", "end"]
    text: str  # of a tag: its name in lower case
    attributes: str = ""  # as written


def read(html: str, *, most: int = 10**9) -> Iterator[Piece]:
    """The tags and texts of `html` in order, without comments and elements that hold no text for a reader.

    What stands beyond `most` tags and comments is one text.
    """
    at = 0
    while opening := _MARKUP.search(html, at):
        most -= 1
        if most < 0:
            yield Piece("text", _ANY_MARKUP.sub("", html[at:]))
            return
        start = opening.start()
        if start > at:
            yield Piece("text", html[at:start])
        found = _TAG.match(html, start)
        if not found:
            comment = None if html[start + 1].isalpha() else _COMMENT.match(html, start)
            at = comment.end() if comment else len(html)
            continue
        at = found.end()
        name = found["tag"].lower()
        if found["end"]:
            yield Piece("end", name)
        elif name in _SILENT_END:
            end = _SILENT_END[name].search(html, at)
            at = end.start() if end else len(html)
        else:
            yield Piece("start", name, found["rest"])
    if at < len(html):
        yield Piece("text", html[at:])


def write(pieces: Iterable[Piece]) -> str:
    """The HTML that these are the pieces of."""
    return "".join(map(_written, pieces))


def _written(piece: Piece) -> str:
    if piece.kind == "text":
        return piece.text
    return f"<{piece.text}{piece.attributes}>" if piece.kind == "start" else f"</{piece.text}>"


def attributes(written: str) -> dict[str, str]:
    """Names in lower case, values as written, character references unread; the first of two alike counts."""
    found: dict[str, str] = {}
    for each in _EACH_ATTRIBUTE.finditer(written):
        found.setdefault(each["name"].lower(), each["v1"] or each["v2"] or each["v3"] or "")
    return found
