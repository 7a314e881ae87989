"""The parts of a mail (RFC 2046), found without copying, counted while they are found.

Python's own parser takes 3 seconds for an attachment of 25 MB, fails on depth, and knows no limits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..limits import Beyond, Limits
from .head import Head, read_head
from .headers import Headers
from .parameters import parameters_of
from .transfer import content_of

_TYPE = re.compile(r"[!#-'*+.0-9^-~-]+/[!#-'*+.0-9^-~-]+")
_ANY_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,200}?)[ \t]*\r?$", re.MULTILINE)
_WHERE_BOUNDARIES_BEGIN = 20_000  # bytes
_LINE_FEED = 10
_NO_MULTIPART_IS = ("base64", "quoted-printable")  # and some are


@dataclass(slots=True, kw_only=True)
class Part:
    """A part, and those in it. It lies in `source` from `start` to `end`, as it was transported."""

    headers: Headers
    kind: str
    parameters: dict[str, str]
    disposition: str
    name: str
    source: bytes
    start: int
    end: int
    parts: list["Part"] = field(default_factory=list)

    @property
    def encoding(self) -> str:
        return self.headers.first("Content-Transfer-Encoding").partition("(")[0].strip().lower()

    @property
    def content_id(self) -> str:
        return self.headers.first("Content-ID").strip(" <>")

    def content(self, most: int | None = None) -> bytes:
        """What it holds, decoded; of a text, so many bytes at most, as transported."""
        end = self.end if most is None else min(self.end, self.start + most)
        return content_of(self.source[self.start : end], self.encoding)

    def leaves(self) -> Iterator["Part"]:
        """The parts that hold no others, in reading order."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()


class Structure:
    """Reads the parts of one mail. Raises Beyond for more of them, or deeper ones, than `limits` allow."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.count = 0

    def read(self, source: bytes, head: Head, end: int, *, depth: int = 0, otherwise: str = "") -> Part:
        """The part with this head; its type is `otherwise` if that does not say it."""
        self.count += 1
        if self.count > self.limits.most_parts:
            raise Beyond(f"more than {self.limits.most_parts} parts")
        part = _described(Headers(head.fields), otherwise or "text/plain", source, head.end, end)
        if part.kind.startswith("multipart/"):
            if depth == self.limits.deepest:
                raise Beyond(f"parts within parts, more than {self.limits.deepest} deep")
            self._read_parts(part, depth)
        return part

    def _read_parts(self, part: Part, depth: int) -> None:
        otherwise = "message/rfc822" if part.kind == "multipart/digest" else ""
        source, start, end = part.source, part.start, part.end
        if part.encoding in _NO_MULTIPART_IS:
            source = part.content()
            start, end = 0, len(source)
        for begin, stop in self._pieces(source, start, end, part.parameters.get("boundary", "")):
            head = read_head(source, begin, stop, self.limits)
            if head.refused:
                raise Beyond(head.refused)
            part.parts.append(self.read(source, head, stop, depth=depth + 1, otherwise=otherwise))

    def _pieces(self, source: bytes, start: int, end: int, boundary: str) -> Iterator[tuple[int, int]]:
        """From where to where each piece lies between the lines of a boundary; the last may lack its end."""
        sign = boundary.encode(errors="replace").rstrip() or _some_boundary(source, start, end)
        if not sign:
            return
        line = re.compile(rb"--%b(--)?[ \t]*(?:\r?\n|\Z)" % re.escape(sign))
        begin = None
        for number, found in enumerate(line.finditer(source, start, end)):
            if number > 3 * self.limits.most_parts:
                raise Beyond(f"more than {self.limits.most_parts} parts")
            at = found.start()
            if at > start and source[at - 1] != _LINE_FEED:
                continue
            if begin is not None:
                yield begin, max(begin, _before_line_end(source, at))
            begin = None if found[1] else found.end()
            if begin is None:
                return
        if begin is not None:
            yield begin, end


def _before_line_end(source: bytes, at: int) -> int:
    """The line end before a boundary belongs to it."""
    return at - 2 if source.startswith(b"\r\n", at - 2) else at - 1


def _some_boundary(source: bytes, start: int, end: int) -> bytes:
    """What a multipart that names no boundary seems to use."""
    found = _ANY_BOUNDARY.search(source, start, min(end, start + _WHERE_BOUNDARIES_BEGIN))
    return found[1] if found else b""


def is_type(kind: str) -> bool:
    """Whether it is written as a media type (RFC 2045 5.1)."""
    return _TYPE.fullmatch(kind) is not None


def _described(headers: Headers, otherwise: str, source: bytes, start: int, end: int) -> Part:
    kind, parameters = parameters_of(headers.first("Content-Type"))
    disposition, more = parameters_of(headers.first("Content-Disposition"))
    if kind and not is_type(kind):
        # `text` alone was once a type; what else is malformed may be anything.
        kind = "text/plain" if kind.startswith("text") else "application/octet-stream"
    return Part(
        headers=headers,
        kind=kind or otherwise,
        parameters=parameters,
        disposition=disposition,
        name=more.get("filename", "") or parameters.get("name", ""),
        source=source,
        start=start,
        end=end,
    )
