"""Text whose lines were broken for transport (RFC 3676), put together again."""

import re

_QUOTES = re.compile(r">*")


def unflow(text: str, *, delete_space: bool) -> str:
    """`text` with one line a paragraph. Quoted lines are joined only with others as deep; `-- ` is a line."""
    lines: list[str] = []
    depth_before, is_open = 0, False
    for raw in text.replace("\r\n", "\n").split("\n"):
        quotes = _QUOTES.match(raw)
        depth = quotes.end() if quotes else 0
        line = raw[depth:].removeprefix(" ")
        is_signature = line == "-- "
        if is_open and depth == depth_before and not is_signature:
            lines[-1] += line
        else:
            lines.append(">" * depth + (" " if depth else "") + line)
        is_open = line.endswith(" ") and not is_signature
        depth_before = depth
        if is_open and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
