"""Words out of rich text; where Outlook made it of HTML or of plain text, that ([MS-OXRTFEX])."""

import re
from dataclasses import dataclass, replace

from .charsets import decoded

_MOST_TOKENS = 300_000
_DEEPEST = 200
_TOKEN = re.compile(
    rb"\\(?:(?P<word>[a-zA-Z]{1,32})(?P<number>-?[0-9]{1,9})? ?"
    rb"|'(?P<byte>[0-9a-fA-F]{2})|(?P<sign>[^a-zA-Z]))"
    rb"|(?P<brace>[{}])|(?P<break>[\r\n]+)|(?P<text>[^\\{}\r\n]+)",
    re.DOTALL,
)
_SIGNS = {
    "tab": "\t", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
    "endash": "–", "emdash": "—", "cell": "\t",
}  # fmt: skip
_BREAKS = {"par", "line", "row", "sect", "page"}
_SYMBOLS = {b"~": "\xa0", b"_": "‑", b"{": "{", b"}": "}", b"\\": "\\"}
# Groups that hold no words.
_ASIDE = {
    "colortbl", "stylesheet", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer",
    "footerl", "footerr", "footerf", "listtext", "pntext", "fldinst", "xe", "tc", "mhtmltag",
}  # fmt: skip
# Of fonts, by the number of their character set.
_CODE_PAGES = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gb18030", 136: "big5", 161: "cp1253",
    162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874",
    238: "cp1250",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until the group ends."""

    aside: bool = False  # its words are none of the mail's
    is_tag: bool = False  # it is HTML as it was
    is_doubled: bool = False  # it says in rich text what stands in HTML beside it
    is_fonts: bool = False
    font: int = 0
    replaces: int = 1  # how many signs stand behind a Unicode one for programs that know none


def words_in(rich: bytes, *, most: int) -> tuple[str, str]:
    """Text and HTML in rich text; one of both is empty. Reads up to `most` characters. Never raises."""
    head = rich[:1024]
    as_html = b"\\fromhtml" in head
    said = _Reader(rich, as_html=as_html, most=most).read()
    return ("", said) if as_html else (said.replace("\r\n", "\n").strip(), "")


class _Reader:
    def __init__(self, rich: bytes, *, as_html: bool, most: int) -> None:
        self.rich = rich
        self.as_html = as_html
        self.most = most
        self.state = _State()
        self.groups: list[_State] = []
        self.said: list[str] = []
        self.length = 0
        self.pending = bytearray()  # in the character set of the font
        self.usual, self.usual_font = "cp1252", 0
        self.fonts: dict[int, str] = {}
        self.skips = 0  # signs still to be left out
        self.is_optional = False  # after \*
        self.half = 0  # of a sign outside the first 65,536

    def read(self) -> str:
        at = 0
        for _token in range(_MOST_TOKENS):
            found = _TOKEN.match(self.rich, at)
            if found is None or self.length > self.most or len(self.groups) > _DEEPEST:
                break
            at = found.end()
            at += self._take(found)
        self._flush()
        return "".join(self.said)[: self.most]

    def _take(self, found: re.Match[bytes]) -> int:
        """How many bytes behind it are no rich text."""
        match found.lastgroup:
            case "text":
                self._bytes(found["text"])
            case "byte":
                self._bytes(bytes([int(found["byte"], 16)]))
            case "brace":
                self._group(found["brace"])
            case "sign":
                self._sign(found["sign"])
            case "word" | "number":
                return self._word(found["word"].decode().lower(), found["number"])
        return 0

    def _group(self, brace: bytes) -> None:
        self._flush()
        self.skips, self.is_optional = 0, False
        if brace == b"{":
            self.groups.append(self.state)
        elif self.groups:
            self.state = self.groups.pop()

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.is_optional = True
        elif sign in b"\r\n":
            self._say("\r\n")
        elif sign in _SYMBOLS:
            self._say(_SYMBOLS[sign])

    def _word(self, word: str, number: bytes | None) -> int:
        value = int(number) if number else None
        optional, self.is_optional = self.is_optional, False
        if word == "bin":
            return max(0, value or 0)
        if optional or word in _ASIDE or word == "fonttbl":
            self._begin(word)
        elif word == "u" and value is not None:
            self._unicode(value % 65536)
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif word in _BREAKS:
            self._say("\r\n")
        else:
            self._set(word, value)
        return 0

    def _begin(self, word: str) -> None:
        """A group that is not for everybody."""
        self._flush()
        if word == "htmltag" and self.as_html:
            self.state = replace(self.state, is_tag=True)
        else:
            self.state = replace(self.state, aside=True, is_fonts=word == "fonttbl")

    def _set(self, word: str, value: int | None) -> None:
        if word == "htmlrtf":
            self._flush()
            self.state = replace(self.state, is_doubled=value != 0)
        elif word == "uc":
            self.state = replace(self.state, replaces=max(0, min(value or 0, 8)))
        elif word in ("f", "plain"):
            self._flush()
            self.state = replace(self.state, font=self.usual_font if value is None else value)
        elif word == "deff":
            self.usual_font = value or 0
            self.state = replace(self.state, font=self.usual_font)
        elif word == "ansicpg" and value:
            self.usual = f"cp{value}" if value != 65001 else "utf-8"
        elif word == "fcharset" and self.state.is_fonts and value in _CODE_PAGES:
            self.fonts[self.state.font] = _CODE_PAGES[value]

    def _unicode(self, value: int) -> None:
        self.skips = 0
        if 0xD800 <= value < 0xDC00:
            self.half = value
        elif 0xDC00 <= value < 0xE000:
            if self.half:
                self._say(chr(0x10000 + (self.half - 0xD800) * 0x400 + value - 0xDC00))
            self.half = 0
        else:
            self._say(chr(value))
        self.skips = self.state.replaces

    def _bytes(self, content: bytes) -> None:
        skipped = min(self.skips, len(content))
        self.skips -= skipped
        if self._is_said() and len(content) > skipped:
            self.pending += content[skipped:]

    def _say(self, sign: str) -> None:
        if self.skips:
            self.skips -= 1
        elif self._is_said():
            self._flush()
            self.said.append(sign)
            self.length += len(sign)

    def _is_said(self) -> bool:
        doubled = self.as_html and self.state.is_doubled and not self.state.is_tag
        return not self.state.aside and not doubled

    def _flush(self) -> None:
        if self.pending:
            # Within a tag of HTML no font holds.
            charset = self.usual if self.state.is_tag else self.fonts.get(self.state.font, self.usual)
            text = decoded(bytes(self.pending), charset)
            self.said.append(text)
            self.length += len(text)
            self.pending.clear()
