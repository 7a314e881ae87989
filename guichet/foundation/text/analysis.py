"""The words of a text, as search keeps and asks them: one analyser for the index and for the question."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import islice

import regex
import Stemmer

from .cleaning import clean_text
from .graphemes import cut
from .stop_words import STOP_WORDS

LONGEST_TEXT = 200_000  # characters
LONGEST_WORD = 60
MOST_TOKENS = 20_000

# Texts in Japanese hold English words.
_STEMMERS = {"en": "english", "fr": "french", "es": "spanish", "de": "german", "ja": "english"}
_CJK = r"\u3005-\u3007\u303B\u3040-\u30FF\u3400-\u4DBF\u4E00-\u9FFF\uAC00-\uD7A3\U00020000-\U0003FFFF"
_HIRAGANA = regex.compile("[\u3040-\u309fー]+")
_WORDLY = rf"[\p{{L}}\p{{N}}--[{_CJK}]][\p{{L}}\p{{M}}\p{{N}}--[{_CJK}]]*"
# Held together by what holds it together when typed: user@example.com, api.v2, 10:30, re_try, utf-8.
_WORD = regex.compile(rf"(?V1)(?P<cjk>[{_CJK}]+)|{_WORDLY}(?:[@._:/+-]{_WORDLY})*")
_PART = regex.compile(rf"(?V1){_WORDLY}")
_CODE = regex.compile(r"[@._:+\p{N}]")
_COMBINING = regex.compile("[\u0300-\u036f]+")
_UNDECOMPOSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i"})
_LONGEST_UNSTEMMED = 3  # HAR, API, DNS: as they are


def tokens(text: str, language: str) -> list[str]:
    """Tokens of `text` in the order of its words: NFKC, folded, without stop words, stemmed, without accents.

    Codes (429, e-mail addresses, dotted names) stay whole and are followed by their parts. Chinese, Japanese
    and Korean come as pairs of characters. Linear; what exceeds the limits above is not read.
    """
    return list(islice(_tokens(_normal(text[:LONGEST_TEXT]), language), MOST_TOKENS))


def folded(text: str) -> str:
    """`text` as words are compared: NFKC, case-folded, Latin letters without their accents."""
    # Most subjects are plain, and a search ranks hundreds of them: a twentieth of the time.
    if text.isascii() and text.isprintable():
        return text.strip().lower()
    return _without_accents(_normal(text))


def excerpt(text: str, n: int) -> str:
    """The beginning of `text` on one line, at most `n` visible characters, cut between words."""
    line = " ".join(text[: 20 * n].split())
    kept = cut(line, n)
    if kept == line:
        return line
    kept = cut(kept, n - 1)
    return (kept.rpartition(" ")[0] or kept).rstrip(" ,;:.") + "…"


def _normal(text: str) -> str:
    # Cleaning bounds runs of combining marks, on which normalising takes quadratic time.
    return unicodedata.normalize("NFKC", clean_text(text)).casefold()


def _tokens(text: str, language: str) -> Iterator[str]:
    stop_words = STOP_WORDS.get(language, frozenset())
    for found in _WORD.finditer(text):
        word = found.group()
        if found["cjk"]:
            if word not in stop_words:
                yield from _pairs(word)
            continue
        word = word[:LONGEST_WORD]
        parts = _PART.findall(word)
        if len(parts) > 1 and _CODE.search(word):
            yield _without_accents(word)
        yield from (_stem(part, language) for part in parts if part not in stop_words)


def _pairs(run: str) -> Iterator[str]:
    """Pairs of neighbours, a single one as it is; hiragana alone is grammar unless it is the whole run."""
    if len(run) == 1:
        yield from run if not _HIRAGANA.fullmatch(run) else ""
        return
    all_hiragana = _HIRAGANA.fullmatch(run) is not None and len(run) > 2
    for at in range(len(run) - 1):
        pair = run[at : at + 2]
        if all_hiragana or not _HIRAGANA.fullmatch(pair):
            yield pair


def _stem(word: str, language: str) -> str:
    stemmer = _stemmer(language)
    if stemmer and len(word) > _LONGEST_UNSTEMMED and not _CODE.search(word):
        word = stemmer.stemWord(word)
    return _without_accents(word)


def _without_accents(word: str) -> str:
    """Latin letters without their marks; marks of other scripts are letters of theirs and stay."""
    bare = _COMBINING.sub("", unicodedata.normalize("NFD", word))
    return unicodedata.normalize("NFC", bare).translate(_UNDECOMPOSED)


@cache
def _stemmer(language: str) -> "Stemmer.Stemmer | None":
    algorithm = _STEMMERS.get(language)
    # Without a cache of its own, so that threads share nothing but the code.
    return Stemmer.Stemmer(algorithm, 0) if algorithm else None
