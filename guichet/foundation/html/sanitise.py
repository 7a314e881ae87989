"""HTML from strangers, made safe to stand in a page of ours."""

import re

import nh3

from .outline import TAGS, outline
from .plain import paragraphs, text_of

LINK_REL = "nofollow noopener noreferrer"
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_ALLOWED = {
    "*": {"dir", "lang", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "ol": {"start"},
}
_VALUES = {
    "dir": re.compile(r"ltr|rtl|auto", re.IGNORECASE),
    "lang": re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,5}"),
    "src": re.compile(r"cid:.+", re.IGNORECASE | re.DOTALL),
    "href": re.compile(r"(?!cid:).+", re.IGNORECASE | re.DOTALL),
    "width": re.compile(r"\d{1,4}%?"),
    "height": re.compile(r"\d{1,4}"),
    # Browsers lay out as many cells as they are told to.
    "colspan": re.compile(r"\d{1,2}"),
    "rowspan": re.compile(r"\d{1,3}"),
    "start": re.compile(r"-?\d{1,6}"),
}


def _checked(_tag: str, name: str, value: str) -> str | None:
    return value if name not in _VALUES or _VALUES[name].fullmatch(value) else None


_cleaner = nh3.Cleaner(
    tags=set(TAGS),
    clean_content_tags=set(),
    attributes=_ALLOWED,
    attribute_filter=_checked,
    url_schemes={*LINK_SCHEMES, "cid"},
    url_relative="deny",
    link_rel=LINK_REL,
)
_ROUNDS = 4


def clean(html: str) -> str:
    """`html` of an e-mail without script, style, remote images, odd links; `cid:` images keep their source.

    At most 1 MB of it, at most 100 levels deep. Cleaning twice changes nothing: what is returned has been
    cleaned once more and stayed the same. HTML that never settles comes back as plain paragraphs.
    """
    for _round in range(_ROUNDS):
        cleaned = _cleaner.clean(outline(html))
        if cleaned == html:
            return cleaned
        html = cleaned
    return paragraphs(text_of(html))
