"""What a file is, told from its bytes."""

import codecs
import re

import filetype

UNKNOWN = "application/octet-stream"
HEAD = 8_192  # bytes that are enough

# What may be told to a browser, or to somebody who decides whether to open it. Nothing here is run by a
# browser as a page: HTML, SVG and XML are unknown on purpose.
_KNOWN = frozenset(
    {
        *(f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp", "avif", "bmp", "heic", "tiff")),
        *(f"video/{kind}" for kind in ("mp4", "webm", "quicktime", "x-matroska")),
        *(f"audio/{kind}" for kind in ("mpeg", "ogg", "mp4", "x-wav")),
        *(f"application/{kind}" for kind in ("pdf", "zip", "gzip", "x-7z-compressed", "x-tar")),
        *(
            f"application/vnd.openxmlformats-officedocument.{kind}"
            for kind in ("wordprocessingml.document", "spreadsheetml.sheet", "presentationml.presentation")
        ),
    }
)
_TEXTS = {"csv": "text/csv", "json": "application/json", "har": "application/json"}
_NO_TEXT = re.compile(r"[\x00-\x08\x0E-\x1A\x1C-\x1F\x7F]")


def sniff(head: bytes, name: str) -> str:
    """The media type of a file that begins with `head` (8 kB will do) and is called `name`.

    The bytes decide; the name only tells kinds of plain text apart. Anything not known to be harmless, and
    all that a browser could run, is application/octet-stream.
    """
    head = head[:HEAD]
    guess = filetype.guess_mime(head) if head else None
    if guess:
        return guess if guess in _KNOWN else UNKNOWN
    text = _text(head)
    if text is None or text.lstrip().startswith("<"):
        return UNKNOWN
    return _TEXTS.get(name.rpartition(".")[2].lower(), "text/plain")


def _text(head: bytes) -> str | None:
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(head)
    except UnicodeDecodeError:
        return None
    return text if text and not _NO_TEXT.search(text) else None
