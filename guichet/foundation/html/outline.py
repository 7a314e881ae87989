"""Strangers' HTML made small and well nested, so that every parser after this one takes linear time.

This is no sanitiser: nh3 is, afterwards. But nh3, lxml and browsers take quadratic time on deep or misnested
tags (50,000 nested `div` hold nh3 for 13 seconds), and counting `<` does not tell how deep a parser will go.
"""

from collections import Counter
from collections.abc import Iterator

from guichet.foundation.text.cleaning import encodable

from . import markup
from .markup import Piece

LIMIT = 1_000_000
DEPTH = 100
MOST_TAGS = 20_000
_MOST_READ = 60_000  # closing ones and unknown ones among them
_LONGEST_VALUE = 4_000

VOID = frozenset({"br", "col", "hr", "img"})
_CELL = frozenset({"td", "th", "caption"})
_TABLE = frozenset({"table", "colgroup", "thead", "tbody", "tfoot", "tr"}) | _CELL
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = frozenset({"dl", "ol", "ul"})
_ITEMS = frozenset({"li", "dt", "dd", "figcaption"})
_BOXES = frozenset({"blockquote", "div", "figure", "p", "pre"})
_WORDS = frozenset(
    {"a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "q", "s", "samp", "small", "span"}
)
_MORE_WORDS = frozenset({"strike", "strong", "sub", "sup", "tt", "u", "var"})
TAGS = VOID | _TABLE | _HEADINGS | _LISTS | _ITEMS | _BOXES | _WORDS | _MORE_WORDS
_ATTRIBUTES = frozenset(
    {"alt", "colspan", "dir", "height", "href", "lang", "rowspan", "src", "start", "title", "width"}
)
# Boxes of other names, whose ends must not run into what follows.
_NEWER_BOXES = ("article", "aside", "details", "footer", "header", "main", "nav", "section")
_SAME_AS = dict.fromkeys(("address", "center", *_NEWER_BOXES), "div")
# What an opening tag closes where people leave the end tag out.
_CLOSES = {
    "li": {"li"},
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "td": _CELL,
    "th": _CELL,
    "tr": _CELL | {"tr", "colgroup"},
    **dict.fromkeys(("thead", "tbody", "tfoot"), _TABLE - {"table"}),
    **dict.fromkeys(_HEADINGS | _LISTS | _BOXES | {"hr", "table"}, frozenset({"p"})),
}


def outline(html: str) -> str:
    """The first million characters of `html` as known tags, all closed, at most 100 deep and 20,000 in all.

    Text and its order stay; comments, scripts, styles, unknown tags and attributes go.
    """
    return markup.write(pieces(html))


def pieces(html: str, *, also: frozenset[str] = frozenset()) -> Iterator[Piece]:
    """The same as tags and texts, with the attributes in `also` besides."""
    return _Reader(_ATTRIBUTES | also).read(encodable(html[:LIMIT]).replace("\0", ""))


class _Reader:
    def __init__(self, attributes: frozenset[str]) -> None:
        self.attributes = attributes
        self.open: list[str] = []
        self.left_out: Counter[str] = Counter()
        self.room = MOST_TAGS

    def read(self, html: str) -> Iterator[Piece]:
        for piece in markup.read(html, most=_MOST_READ):
            name = _SAME_AS.get(piece.text, piece.text)
            if piece.kind == "text":
                yield Piece("text", piece.text.replace("<", "&lt;"))
            elif name not in TAGS:
                continue
            elif piece.kind == "start":
                yield from self.start(name, piece.attributes)
            else:
                yield from self.end(name)
        yield from (Piece("end", name) for name in reversed(self.open))

    def start(self, name: str, attributes: str) -> Iterator[Piece]:
        while self.open and self.open[-1] in _CLOSES.get(name, ()):
            yield Piece("end", self.open.pop())
        if self.room and (name in VOID or len(self.open) < DEPTH):
            self.room -= 1
            yield Piece("start", name, self.kept(attributes) if attributes else "")
            if name not in VOID:
                self.open.append(name)
        elif name not in VOID:
            self.left_out[name] += 1

    def end(self, name: str) -> Iterator[Piece]:
        if self.left_out[name]:
            self.left_out[name] -= 1
            return
        depth = self.reach(name)
        if depth is not None:
            yield from (Piece("end", one) for one in reversed(self.open[depth:]))
            del self.open[depth:]

    def reach(self, name: str) -> int | None:
        """Where the nearest open `name` stands, if an end tag here can mean it: not out of a table's cell."""
        for depth in range(len(self.open) - 1, -1, -1):
            if self.open[depth] == name:
                return depth
            if self.open[depth] == "table" or (self.open[depth] in _CELL and name not in _TABLE):
                return None
        return None

    def kept(self, written: str) -> str:
        return "".join(
            f' {name}="{value.replace(chr(34), "&quot;")}"'
            for name, value in markup.attributes(written).items()
            if name in self.attributes and len(value) <= _LONGEST_VALUE
        )
