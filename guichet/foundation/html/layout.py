"""HTML laid out as plain text, as mail programs do it: lines, lists, tables, `> ` before what is quoted."""

import re
from collections.abc import Iterable
from html import unescape

from . import markup
from .boxes import DEEPEST, Box, Marked, Quoted, Table
from .markup import Piece

# What tells Word's lines from paragraphs.
ATTRIBUTES = frozenset({"class", "style"})

_BLANKS = re.compile(r"[ \t\n\r\f]+")
_APART = {"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "figure"}
_BLOCKS = _APART | {"div", "dt", "figcaption", "caption"}
# Word writes lines as paragraphs without margins, and blank lines as such paragraphs with a blank in them.
_TIGHT = re.compile(r"\bMso(?:Normal|PlainText|NoSpacing|ListParagraph)", re.IGNORECASE)
_NO_MARGIN = re.compile(r"(?:^|;)\s*margin\s*:(?:\s*0[a-z%]*)+\s*(?:;|!|$)", re.IGNORECASE)
_RULE = "_" * 32
_LONGEST_ADDRESS = 1_000
_MOST_LINES = 50_000  # of verbatim text


def lay_out(pieces: Iterable[Piece]) -> str:
    """The text of what `outline.pieces(…, also=ATTRIBUTES)` returned. Linear in its size."""
    writer = _Writer()
    for piece in pieces:
        if piece.kind == "text":
            writer.say(unescape(piece.text))
        elif piece.kind == "start":
            writer.start(piece.text, markup.attributes(piece.attributes))
        else:
            writer.end(piece.text)
    lines = (line.replace("\xa0", " ").rstrip() for line in writer.boxes[0].closed())
    return "\n".join(lines).strip("\n")


class _Writer:
    def __init__(self) -> None:
        self.boxes: list[Box] = [Box()]
        self.tables: list[Table] = []
        self.margins: list[int] = []
        self.numbers: list[int] = []  # of each open list, the next one; 0 where they have none
        self.links: list[tuple[str, list[str]]] = []
        self.verbatim = 0
        self.room = _MOST_LINES

    def say(self, text: str) -> None:
        if self.links:
            self.links[-1][1].append(text)
        box = self.boxes[-1]
        if not self.verbatim or self.room < text.count("\n"):
            box.say(_BLANKS.sub(" ", text))
            return
        first, *others = text.split("\n")
        self.room -= len(others)
        box.say(first, verbatim=True)
        for line in others:
            box.end_line()
            box.say(line, verbatim=True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _BLOCKS:
            self.margins.append(self._margin(name, attributes))
            self.boxes[-1].part(self.margins[-1])
        match name:
            case "br":
                self.boxes[-1].end_line()
            case "hr":
                self.boxes[-1].take([_RULE])
            case "pre":
                self.verbatim += 1
            case "ul":
                self.numbers.append(0)
            case "ol":
                start = attributes.get("start", "")
                self.numbers.append(int(start) if re.fullmatch(r"[1-9]\d{0,5}", start) else 1)
            case "a":
                self.links.append((unescape(attributes.get("href", "")).strip(), []))
            case "tr" if self.tables:
                self.tables[-1].begin_row()
            case "blockquote" | "li" | "dd" | "table" | "td" | "th":
                self._open(name)

    def _open(self, name: str) -> None:
        box = Box()
        if name == "table":
            self.tables.append(Table())
            box = self.tables[-1]
        elif len(self.boxes) > DEEPEST:
            pass
        elif name == "blockquote":
            box = Quoted()
        elif name in ("li", "dd"):
            box = Marked(self._number() if name == "li" else "  ")
        self.boxes.append(box)

    def end(self, name: str) -> None:
        match name:
            case "blockquote" | "li" | "dd":
                lines = self.boxes.pop().closed()
                self.boxes[-1].take(lines)
            case "table":
                self.tables.pop()
                lines = self.boxes.pop().closed()
                self.boxes[-1].take(lines)
            case "td" | "th":
                lines = self.boxes.pop().closed()
                if self.tables:
                    self.tables[-1].take_cell(lines)
                else:
                    self.boxes[-1].take(lines)
            case "pre":
                self.verbatim -= 1
            case "ul" | "ol":
                self.numbers.pop()
            case "a":
                self._tell(*self.links.pop())
        if name in _BLOCKS:
            self.boxes[-1].part(self.margins.pop())

    def _margin(self, name: str, attributes: dict[str, str]) -> int:
        if name in ("ul", "ol"):
            return int(not self.numbers)
        tight = _TIGHT.search(attributes.get("class", "")) or _NO_MARGIN.search(attributes.get("style", ""))
        return int(name in _APART and not tight)

    def _number(self) -> str:
        if not self.numbers or not self.numbers[-1]:
            return "* "
        self.numbers[-1] += 1
        return f"{self.numbers[-1] - 1}. "

    def _tell(self, address: str, said: list[str]) -> None:
        """Where a link leads, unless its words say so themselves."""
        label = "".join(said).strip()
        kind, _colon, rest = address.partition(":")
        if kind.lower() == "mailto":
            address = rest.partition("?")[0]
        elif kind.lower() not in ("http", "https") or len(address) > _LONGEST_ADDRESS:
            return
        bare = re.sub(r"^https?://|/$", "", address)
        if label and bare and bare not in label:
            self.boxes[-1].say(f" <{address}>")
