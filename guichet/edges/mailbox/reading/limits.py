"""What a mail may be before it is parsed: a page of text can describe what takes a parser minutes."""

import re

MOST_BYTES = 35 * 2**20
MOST_HEADER_BYTES = 256 * 2**10
LONGEST_HEADER = 16 * 2**10
MOST_PARTS = 100
DEEPEST = 20
MOST_DASHES = 5_000

# A header and the lines that continue it.
_HEADER = re.compile(rb"[^\n]*(?:\n[ \t][^\n]*)*")
_TYPE = re.compile(rb"^content-type[ \t]*:", re.IGNORECASE | re.MULTILINE)
_NESTING = re.compile(rb"^content-type[ \t]*:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"boundary[*0-9]*[ \t]*=[ \t]*\"?([^\"\s;\\]{1,200})", re.IGNORECASE)


def beyond(raw: bytes) -> str:
    """Which limit the mail breaks, in words for an agent; empty when none. Linear in its size."""
    if len(raw) > MOST_BYTES:
        return f"larger than {MOST_BYTES} bytes"
    # Python ends a line at each of the three.
    raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    head = raw.partition(b"\n\n")[0]
    if len(head) > MOST_HEADER_BYTES:
        return f"more than {MOST_HEADER_BYTES} bytes of headers"
    if any(len(header.group()) > LONGEST_HEADER for header in _HEADER.finditer(head)):
        return f"a header of more than {LONGEST_HEADER} bytes"
    if _count(_NESTING, raw) > DEEPEST:
        return f"more than {DEEPEST} parts that hold others"
    if _count(_TYPE, raw) > MOST_PARTS or _too_many_parts(raw):
        return f"more than {MOST_PARTS} parts"
    return ""


def _count(pattern: re.Pattern[bytes], raw: bytes) -> int:
    return sum(1 for _found in pattern.finditer(raw))


def _too_many_parts(raw: bytes) -> bool:
    """Whether the lines that part the mail are too many.

    A boundary can be written so that only Python sees it. Therefore every line that could be one is counted
    too, less strictly: `--` also begins signatures, and comments in SQL.
    """
    boundaries = {found.group(1) for found in _BOUNDARY.finditer(raw)}
    return (
        len(boundaries) > DEEPEST
        or any(raw.count(b"\n--" + boundary) > MOST_PARTS + 1 for boundary in boundaries)
        or raw.count(b"\n--") > MOST_DASHES
    )
