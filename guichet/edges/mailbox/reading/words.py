"""Words outside ASCII in headers (RFC 2047), as programs really encode them."""

import re
from binascii import a2b_qp

from .charsets import decoded
from .transfer import from_base64

_WORD = r"=\?([^?\s*]{1,40})(?:\*[^?\s]{1,20})?\?([bBqQ])\?([^?]*)\?="
_ONE = re.compile(_WORD)
_SEVERAL = re.compile(rf"{_WORD}(?:\s*{_WORD})*")


def decode_words(value: str) -> str:
    """`value` as its reader sees it. What is no encoded word stays as it is."""
    return _SEVERAL.sub(_together, value) if "=?" in value else value


def _together(found: re.Match[str]) -> str:
    """Blanks between two words are not meant, and some programs cut one sign of several bytes in two."""
    said, waiting, known = list[str](), b"", ""
    for word in _ONE.finditer(found.group()):
        charset = word[1].lower()
        if charset != known:
            said.append(decoded(waiting, known))
            waiting, known = b"", charset
        raw = word[3].encode("ascii", "replace")
        waiting += from_base64(raw) if word[2] in "bB" else a2b_qp(raw, header=True)
    return "".join((*said, decoded(waiting, known)))
