"""Bytes to text, whatever they are labelled."""

import codecs
import re

# Only true character sets: Python also has codecs that unpack archives, and some that take quadratic time.
_KNOWN = re.compile(
    r"utf-8|utf-8-sig|utf-16(-[bl]e)?|utf-32(-[bl]e)?|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-\w+|latin_1"
    r"|iso2022_\w+|euc_\w+|shift_jis\w*|gb2312|gbk|gb18030|hz|big5\w*|johab|tis-620|kz1048|ptcp154"
)


def decoded(content: bytes, charset: str) -> str:
    """The text of `content`, which says of itself that it is in `charset`: believed when it works.

    Otherwise UTF-8, otherwise Windows-1252 with the bytes that it does not have shown as such. Never raises.
    """
    for name in (_codec(charset), "utf-8"):
        if name:
            try:
                return content.decode(name)
            except (UnicodeError, LookupError):
                continue
    return content.decode("cp1252", "replace")


def _codec(charset: str) -> str:
    try:
        name = codecs.lookup(charset.strip(" \"'").lower()).name
    except (LookupError, ValueError):
        return ""
    return name if _KNOWN.fullmatch(name) else ""
