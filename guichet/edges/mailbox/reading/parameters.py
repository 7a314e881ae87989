"""Header values with parameters, such as Content-Type (RFC 2045), also continued and encoded (RFC 2231)."""

import re
from urllib.parse import unquote_to_bytes

from .charsets import decoded
from .words import decode_words

_MOST = 200
_PARAMETER = re.compile(
    r";\s*(?P<name>[^\s=;*\"]{1,60})(?:\*(?P<number>\d{1,3}))?(?P<coded>\*)?\s*="
    r"\s*(?:\"(?P<quoted>(?:[^\"\\]|\\.)*)\"|(?P<bare>[^;]*))",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\([\"\\])")
_COMMENT = re.compile(r"\s+\([^()]*\)\s*$")


def parameters_of(value: str) -> tuple[str, dict[str, str]]:
    """The value in lower case, and its parameters by name: of `Text/Plain; x=y` text/plain, and y by x."""
    main = re.split(r"[;\s]", value.strip(), maxsplit=1)[0].lower()
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    whole: dict[str, str] = {}
    for at, found in enumerate(_PARAMETER.finditer(value)):
        if at == _MOST:
            break
        name, said = found["name"].lower(), _said(found)
        if found["number"] or found["coded"]:
            pieces.setdefault(name, {}).setdefault(int(found["number"] or 0), (said, bool(found["coded"])))
        else:
            whole.setdefault(name, decode_words(said))
    # What is written both ways is meant for old programs and new ones.
    return main, whole | {name: _joined(parts) for name, parts in pieces.items()}


def _said(found: re.Match[str]) -> str:
    if found["quoted"] is not None:
        return _ESCAPED.sub(r"\1", found["quoted"])
    return _COMMENT.sub("", found["bare"]).strip(' \t"')


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """Numbered pieces as one; the first of them names the character set of all."""
    charset, content = "utf-8", b""
    for at, number in enumerate(sorted(parts)):
        said, is_coded = parts[number]
        if is_coded and not at and said.count("'") >= 2:
            charset, _language, said = said.split("'", 2)
        content += unquote_to_bytes(said) if is_coded else said.encode()
    return decode_words(decoded(content, charset or "utf-8"))
