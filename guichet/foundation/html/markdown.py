"""Markdown as people type it in a support desk, rendered to safe HTML."""

import re
from collections.abc import Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from guichet.foundation.text.cleaning import encodable

from .links import pieces
from .plain import paragraphs
from .sanitise import LINK_REL, LINK_SCHEMES

# markdown-it takes 2.4 s on an 85 kB table and half a second on 20,000 brackets: what would cost more than
# 200 ms is told by its size beforehand, so that the same text always looks the same.
LIMIT = 20_000
_MOST_BRACKETS = 1_000
_MOST_CELLS = 5_000
_TABLE_RULE = re.compile(r"^[\s>|:+*.)\d-]*-[\s|:-]*$", re.MULTILINE)

_TAGS = {
    *("a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "s", "strong", "ul"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_sanitiser = nh3.Cleaner(
    tags=_TAGS,
    attributes={"a": {"href", "title"}, "ol": {"start"}},
    url_schemes=set(LINK_SCHEMES),
    url_relative="deny",
    link_rel=LINK_REL,
)


def render(source: str) -> str:
    """CommonMark, tables, ~~strikethrough~~ and bare web addresses as safe HTML; line ends stay line ends.

    Raw HTML shows as typed, images become links, headings start at h3, below those of the page. A source of
    more than 20,000 characters, 1,000 brackets or 5,000 table cells comes out as plain paragraphs.
    """
    if len(source) > LIMIT or source.count("[") > _MOST_BRACKETS or _cells(source) > _MOST_CELLS:
        return paragraphs(source)
    return _sanitiser.clean(_markdown.render(encodable(source))).strip()


def _cells(source: str) -> int:
    """At most how many cells a table in `source` has: rows are filled up to the width of its rule."""
    widest = max((found.group().count("|") + 1 for found in _TABLE_RULE.finditer(source)), default=0)
    return widest * source.count("\n")


def _adapt(state: StateCore) -> None:
    for token in state.tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"
        elif token.type == "inline":
            token.children = list(_adapted(token.children or [], state))


def _adapted(children: list[Token], state: StateCore) -> Iterator[Token]:
    within_link = 0
    for token in children:
        within_link += token.nesting if token.type in ("link_open", "link_close") else 0
        if token.type == "image":
            address = str(token.attrs.get("src", ""))
            alternative = RendererHTML().renderInlineAsText(token.children, state.md.options, state.env)
            yield from _words(alternative or address, "" if within_link else address)
        elif token.type == "text" and not within_link:
            for piece, is_address in pieces(token.content):
                yield from _words(piece, piece if is_address else "")
        else:
            yield token


def _words(text: str, address: str) -> Iterator[Token]:
    if address:
        yield Token("link_open", "a", 1, attrs={"href": address})
    yield Token("text", "", 0, content=text)
    if address:
        yield Token("link_close", "a", -1)


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_markdown.core.ruler.push("adapt", _adapt)
