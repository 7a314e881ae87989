"""Where headers end and what is below them begins (RFC 5322 2.1)."""

import re
from dataclasses import dataclass, field

from ..limits import Limits

_FIELD = re.compile(rb"([!-9;-~]{1,200})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)(?:\n|\Z)")
_BEFORE_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?(?:>?From [^\n]*\n)?")  # of files, and of mailboxes in them
_FOLD = re.compile(rb"\r?\n[ \t]*|\r")
_EMPTY = re.compile(rb"\r?\n")

Field = tuple[str, bytes]


@dataclass(slots=True)
class Head:
    """The fields, each with its name in lower case and its value on one line; where the body begins.

    `refused` is the limit that they break: then there are only those within it.
    """

    fields: list[Field] = field(default_factory=list)
    end: int = 0
    refused: str = ""


def read_head(source: bytes, start: int, end: int, limits: Limits) -> Head:
    """The headers of the mail or the part that lies in `source` from `start` to `end`.

    They end at an empty line, or where a line is no header: so does the reading of the mail server that
    checked the sender, and what it took for the body must not become a header here.
    """
    before = _BEFORE_FIRST.match(source, start, end)
    at = first = before.end() if before else start
    head = Head()
    while found := _FIELD.match(source, at, end):
        at = found.end()
        if at - first > limits.most_header_bytes:
            head.refused = f"more than {limits.most_header_bytes} bytes of headers"
            break
        if at - found.start() > limits.longest_header:
            head.refused = head.refused or f"a header of more than {limits.longest_header} bytes"
        else:
            head.fields.append((found[1].decode("ascii").lower(), _FOLD.sub(b" ", found[2]).strip()))
    empty = _EMPTY.match(source, at, end)
    head.end = empty.end() if empty else at
    return head
