"""ISO-2022-JP as phones and Windows write it, which is more than its standard (RFC 1468) has.

Python's codecs know neither the signs that NEC and IBM added (①, ㈱, 髙), which Microsoft calls CP50221, nor
half-width katakana beside them.
"""

import re

_ESCAPE = re.compile(rb"\x1b(\$\([@ABDOPQ]|\$[@AB]|\([BHIJ]|\.[AF])")
_KANJI = (b"$@", b"$B", b"$(B", b"$(@")
_KATAKANA = 0xFF61 - 0x21  # half-width ones stand in Unicode in the order of JIS X 0201
_ROMAN = str.maketrans({"\\": "¥", "~": "‾"})


def is_iso_2022_jp(content: bytes) -> bool:
    """Whether it says so itself, by the marks that go before kanji."""
    return b"\x1b$B" in content or b"\x1b$@" in content or b"\x1b$(" in content


def decode_iso_2022_jp(content: bytes) -> str:
    """The text of `content`. What belongs to no character set becomes U+FFFD; never raises."""
    said, at, kind = list[str](), 0, b"(B"
    for found in _ESCAPE.finditer(content):
        said.append(_decode(content[at : found.start()], kind))
        at, kind = found.end(), found[1]
    said.append(_decode(content[at:], kind))
    return "".join(said)


def _decode(part: bytes, kind: bytes) -> str:
    """A piece in one character set, which ends with its line even where nobody says so."""
    if kind in (b"(B", b"(H"):
        return _single(part)
    if kind == b"(J":
        return _single(part).translate(_ROMAN)
    own, line_end, rest = part.partition(b"\n")
    if kind == b"(I":
        said = "".join(chr(byte % 128 + _KATAKANA) if 0x21 <= byte % 128 < 0x60 else " " for byte in own)
    elif kind in _KANJI:
        said = _shifted(own).decode("cp932", "replace")
    else:
        codec = "iso2022_jp_2004" if kind[-1:] in b"OPQ" else "iso2022_jp_2"
        said = (b"\x1b" + kind + own).decode(codec, "replace")
    return said + ("\n" + _single(rest) if line_end else "")


def _single(part: bytes) -> str:
    """What should be ASCII, and sometimes is not."""
    try:
        return part.decode()
    except UnicodeDecodeError:
        return part.decode("cp932", "replace")


def _shifted(pairs: bytes) -> bytes:
    """The same signs in Shift_JIS: two rows of JIS X 0208 lie there in one."""
    shifted = bytearray()
    for row, cell in zip(pairs[::2], pairs[1::2], strict=False):
        first = ((row % 128 - 0x21) >> 1) + 0x81
        second = cell % 128 + ((0x1F if cell % 128 < 0x60 else 0x20) if row % 2 else 0x7E)
        shifted += bytes(((first + 0x40 if first > 0x9F else first) % 256, second % 256))
    return bytes(shifted)
