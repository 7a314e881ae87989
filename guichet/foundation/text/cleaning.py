"""Text made safe to store and to show beside other text, without changing what it says."""

import unicodedata

import regex

from .graphemes import fit

_NEW_LINE = regex.compile(r"\r\n?|[\x0B\x0C\x85\u2028\u2029]")
# Every bidirectional control but the three marks (LRM, RLM, ALM) goes, isolates included: left open, any of
# them reorders what the page shows after the text (Trojan Source); typed Arabic or Hebrew does without.
# ZWJ and ZWNJ stay: emoji, Persian and Indic scripts need them.
_REMOVED = regex.compile(
    r"[\x00-\x08\x0E-\x1F\x7F-\x9F"  # controls, but for tab and line feed
    r"\uD800-\uDFFF"  # lone surrogates cannot be encoded
    r"\u202A-\u202E\u2066-\u2069\u206A-\u206F\uFEFF\uFFF9-\uFFFB\p{Noncharacter_Code_Point}]"
)
# UAX #15 gives 30 marks as more than any language needs (Stream-Safe Text). Longer runs are a prank, and
# ordering them takes quadratic time: 40,000 marks hold a core for more than a second.
_TOO_MANY_MARKS = regex.compile(r"(\P{ccc=0}{30})\P{ccc=0}+")
# Blanks, and the invisible characters that have a meaning only between others.
_EDGES = (
    " \t\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\u200b\u200c\u200d\u2060"
)
_BLANKS = regex.compile(r"\s+")


def clean_text(text: str) -> str:
    """`text` in NFC with one line feed a line, without controls, trimmed. Cleaning twice changes nothing."""
    return _composed(_NEW_LINE.sub("\n", text)).strip(_EDGES)


def clean_line(text: str, limit: int = 250) -> str:
    """`text` cleaned as one line, runs of blanks one space; at most `limit` code points, as columns count."""
    line = _BLANKS.sub(" ", _composed(_NEW_LINE.sub(" ", text))).strip(_EDGES)
    return fit(line, limit).strip(_EDGES)


def encodable(text: str) -> str:
    """`text` without lone surrogates, which no encoding, no database and no parser takes."""
    return text.encode(errors="ignore").decode()


def _composed(text: str) -> str:
    text = _TOO_MANY_MARKS.sub(r"\1", _REMOVED.sub("", text))
    # Once more after composing: some marks are written as one and stand for two.
    return _TOO_MANY_MARKS.sub(r"\1", unicodedata.normalize("NFC", text))
