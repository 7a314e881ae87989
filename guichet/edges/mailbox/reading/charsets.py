"""Bytes to text, whatever they are labelled."""

import codecs
import re
from collections.abc import Iterable

from .japanese import decode_iso_2022_jp, is_iso_2022_jp

# Only true character sets: Python also has codecs that unpack archives, some that take quadratic time, and
# UTF-7, in which markup passes filters unseen. What is labelled so is read as the ASCII that it is made of.
_KNOWN = re.compile(
    r"utf-8|utf-8-sig|utf-16(-[bl]e)?|utf-32(-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+"
    r"|iso2022_\w+|euc_\w+|shift_jis\w*|gb2312|gbk|gb18030|hz|big5\w*|johab|tis-620|kz1048|ptcp154"
)
# What programs write, and what they mean: mostly more than the label has.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_UNKNOWN_TO_PYTHON = {
    **dict.fromkeys(("x-sjis", "ms932", "cp943c", "windows-932", "windows-31j", "cswindows31j"), "cp932"),
    **dict.fromkeys(("cp50220", "cp50221", "cp50222", "iso-2022-jp-ms", "csiso2022jp"), "iso2022_jp"),
    **dict.fromkeys(("x-euc", "x-euc-jp", "cp51932", "eucjp-ms"), "euc_jp"),
    **dict.fromkeys(("x-gbk", "x-cp936", "windows-936", "gb-18030", "chinese"), "gb18030"),
    **dict.fromkeys(("x-big5", "big5-eten", "cn-big5", "windows-950"), "big5hkscs"),
    **dict.fromkeys(("x-windows-949", "ks_c_5601", "windows-949", "x-euc-kr"), "cp949"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e", "logical", "visual"), "iso8859-8"),
    **dict.fromkeys(("iso-8859-6-i", "iso-8859-6-e"), "iso8859-6"),
    **dict.fromkeys(("windows-874", "dos-874"), "cp874"),
    **dict.fromkeys(("utf8mb4", "unicode-1-1-utf-8", "x-unicode20utf8"), "utf-8"),
    "x-mac-roman": "mac-roman",
    "koi8": "koi8-r",
}
_ONE_BYTE_A_SIGN = re.compile(r"cp125\d|cp874|iso8859-\d+|koi8-\w|mac-\w+")


def decoded(content: bytes, charset: str) -> str:
    """The text of `content`, which says of itself that it is in `charset`: believed where it can be true.

    Otherwise UTF-8, otherwise Windows-1252, line by line where some are one and some the other. Never raises.
    """
    codec = _codec(charset)
    if is_iso_2022_jp(content) and not codec.startswith(("iso2022_kr", "utf-16", "utf-32")):
        return decode_iso_2022_jp(content)
    if codec.startswith("iso2022_jp"):
        codec = "cp932"  # what phones meant that wrote no mark at all
    if _ONE_BYTE_A_SIGN.fullmatch(codec):
        # Such a label fits any bytes, and words in it hardly ever happen to be UTF-8.
        candidates = ["utf-8", codec]
    elif codec.startswith(("utf-16", "utf-32")) and b"\0" not in content:
        candidates = ["utf-8", codec]
    else:
        candidates = [codec or "utf-8", "utf-8"]
    try:
        return content.decode(candidates[0]).removeprefix("\ufeff")
    except UnicodeError:
        return _mixed(content, candidates)


def _mixed(content: bytes, candidates: list[str]) -> str:
    """Text that is damaged, labelled wrongly, or to which a gateway added lines in another character set."""
    if candidates[0].startswith(("utf-16", "utf-32")):
        return content.decode(candidates[0], "replace")
    otherwise = next((one for one in candidates if not one.startswith("utf-8")), "cp1252")
    return "\n".join(_line(line, candidates, otherwise) for line in content.split(b"\n"))


def _line(line: bytes, candidates: Iterable[str], otherwise: str) -> str:
    for candidate in candidates:
        try:
            return line.decode(candidate)
        except UnicodeError:
            continue
    return line.decode(otherwise, "replace")


def _codec(charset: str) -> str:
    """Python's name of it; empty where there is none that may be used."""
    label = charset.strip(" \"'\t").lower()[:60]
    try:
        name = _UNKNOWN_TO_PYTHON.get(label) or codecs.lookup(label).name
    except (LookupError, ValueError):
        return ""
    return _MEANT.get(name, name) if _KNOWN.fullmatch(name) else ""
