"""The words of a mail and its files, from the nests of parts that programs really build."""

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from guichet.foundation.html.plain import paragraphs, text_of

from ..limits import Limits
from .charsets import decoded
from .embedded import take_images
from .files import files_of, unpacked_files
from .flowed import unflow
from .lzfu import unrolled
from .mail import File
from .mapi import Unreadable
from .rtf import words_in
from .structure import Part
from .tnef import Unpacked, unpack
from .transfer import take_uuencoded

_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_TEXT, _HTML = "text/plain", "text/html"
# The same words once more, for programs of one maker.
_REPEATS = ("text/x-amp-html", "text/watch-html", "text/enriched", "text/richtext")
_FINDERS = "application/applefile"  # what a Mac knows of the file beside it
_META = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([a-z0-9_-]{2,40})", re.IGNORECASE)
_MOST_BYTES_A_SIGN = 12  # as transported, encoded twice


@dataclass(slots=True)
class Body:
    """The same words as `text` and as `html`, or one of both."""

    text: str = ""
    html: str = ""


@dataclass(slots=True)
class Contents:
    body: Body = field(default_factory=Body)
    files: list[File] = field(default_factory=list)


def contents_of(root: Part, limits: Limits) -> Contents:
    """What is in the parts below `root`: one body, and everything else as files."""
    reader = _Reader(root, limits)
    body = reader.read(root)
    return Contents(body if body.text or body.html else reader.unpacked(), reader.files)


class _Reader:
    def __init__(self, root: Part, limits: Limits) -> None:
        self.root = root
        self.limits = limits
        self.files: list[File] = []
        self.packed = Unpacked()  # the same words once more, unless there are none beside it

    def read(self, part: Part) -> Body:
        """The words in a part. Its files are put aside."""
        if not part.parts:
            return self._leaf(part)
        match part.kind:
            case "multipart/alternative":
                return _chosen([self.read(one) for one in part.parts if one.kind not in _REPEATS])
            case "multipart/related":
                return _joined([self._related(one, is_first=not at) for at, one in enumerate(part.parts)])
            case "multipart/appledouble":
                return _joined([self.read(one) for one in part.parts if one.kind != _FINDERS])
            case _:
                return _joined([self.read(one) for one in part.parts])

    def _related(self, part: Part, *, is_first: bool) -> Body:
        is_shown_within = not is_first and (part.content_id or part.name) and not part.parts
        return self._file(part) if is_shown_within else self.read(part)

    def _leaf(self, part: Part) -> Body:
        is_attached = part.disposition == "attachment" or (part.name and part is not self.root)
        if is_attached and not (part is self.root and not part.name):
            return self._file(part)
        if part.kind == _TEXT or part.kind.startswith("multipart/"):
            return Body(text=self._text(part))
        return Body(html=self._html(part)) if part.kind == _HTML else self._file(part)

    def _file(self, part: Part) -> Body:
        if part.kind in _TNEF or part.name.lower() == "winmail.dat":
            try:
                packed = unpack(part.content(), most=self.limits.most_parts)
            except Unreadable:
                pass  # it is kept as it is
            else:
                self.packed = packed
                self.files += unpacked_files(packed.files)
                return Body()
        self.files += files_of(part, self.limits)
        return Body()

    def unpacked(self) -> Body:
        """The words of a winmail.dat. Rich text takes time to read: only where they stand nowhere else."""
        packed, most = self.packed, self.limits.longest_text
        if packed.rich and not packed.text and not packed.html:
            with suppress(Unreadable):
                packed.text, packed.html = words_in(unrolled(packed.rich, most=2 * most), most=most)
        return Body(packed.text[:most], packed.html[:most])

    def _content(self, part: Part) -> bytes:
        return part.content(most=_MOST_BYTES_A_SIGN * self.limits.longest_text)

    def _text(self, part: Part) -> str:
        content, within = take_uuencoded(self._content(part))
        self.files += [
            File(name=decoded(name, "utf-8"), media_type="application/octet-stream", content=file)
            for name, file in within
        ]
        text = decoded(content, part.parameters.get("charset", "utf-8"))[: self.limits.longest_text]
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        if part.parameters.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
        return text.strip("\n").rstrip()

    def _html(self, part: Part) -> str:
        content = self._content(part)
        declared = _META.search(content[:4096])
        charset = part.parameters.get("charset") or (declared[1].decode() if declared else "utf-8")
        html, images = take_images(
            decoded(content, charset), first=len(self.files) + 1, most=self.limits.most_parts
        )
        self.files += images
        return html[: self.limits.longest_text]


def _chosen(bodies: list[Body]) -> Body:
    """Of the same words in several forms: as text, and as HTML."""
    text = next((body.text for body in bodies if body.text.strip()), "")
    return Body(text, next((body.html for body in reversed(bodies) if body.html.strip()), ""))


def _joined(bodies: Iterable[Body]) -> Body:
    """Words that follow each other; of some there may be text alone, of some HTML."""
    bodies = [body for body in bodies if body.text.strip() or body.html.strip()]
    if len(bodies) <= 1:
        return bodies[0] if bodies else Body()
    html = any(body.html for body in bodies)
    return Body(
        "\n\n".join(body.text or text_of(body.html) for body in bodies),
        "\n".join(body.html or paragraphs(body.text) for body in bodies) if html else "",
    )
