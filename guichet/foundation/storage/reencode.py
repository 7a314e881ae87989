"""A program of its own, run by images.py: images on standard input, a WebP of each on standard output.

Decoders are large, written in C and fed by strangers: here they can take neither more memory nor more time
than given, and see no secret and no connection of the server. Told of `longest` (pixels), the seconds of a
processor and the bytes of memory for all images together. What is said before they run out counts.
"""

import io
import os
import resource
import signal
import struct
import sys
import time
from typing import BinaryIO

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
MOST_PIXELS = 40_000_000
# Drawings and screenshots stay sharp; above this size it was a photograph after all.
MOST_LOSSLESS = 1_000_000
_LENGTH = struct.Struct(">Q")
_ANSWER = struct.Struct(">QQ")  # which image, and how long its preview is


def reencode(source: bytes, longest: int) -> bytes:
    """The first frame upright, within `longest` pixels each way, without anything but its pixels."""
    with Image.open(io.BytesIO(source), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise ValueError("too many pixels")  # before a single one is decoded
        opened.draft("RGB", (longest, longest))
        image: Image.Image = opened.convert("RGBA" if opened.has_transparency_data else "RGB")
        drawn = opened.format in ("PNG", "GIF", "BMP")
    image.thumbnail((longest, longest))
    image = ImageOps.exif_transpose(image)
    image.info.clear()
    encoded = _webp(image, lossless=drawn)
    return encoded if not drawn or len(encoded) <= MOST_LOSSLESS else _webp(image, lossless=False)


def _webp(image: Image.Image, *, lossless: bool) -> bytes:
    out = io.BytesIO()
    image.save(out, "WEBP", lossless=lossless, quality=50 if lossless else 85, method=2, exif=b"", xmp=b"")
    return out.getvalue()


def _pixels(source: bytes) -> int:
    """How many there are to decode, by its header."""
    try:
        with Image.open(io.BytesIO(source), formats=FORMATS) as opened:
            return opened.width * opened.height
    except Exception:  # noqa: BLE001  # decoders raise what they like; this one has no preview
        return MOST_PIXELS


def _sources(incoming: BinaryIO) -> list[bytes]:
    sources = []
    while length := incoming.read(_LENGTH.size):
        sources.append(incoming.read(_LENGTH.unpack(length)[0]))
    return sources


def main(longest: int, seconds: float, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.setitimer(signal.ITIMER_PROF, max(0.01, seconds - time.process_time()))  # its signal ends us
    os.nice(10)  # pages come first
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and no warning
    sources = _sources(sys.stdin.buffer)
    # The small ones first: what is left out for want of time is what takes the most of it.
    for number in sorted(range(len(sources)), key=lambda number: _pixels(sources[number])):
        try:
            preview = reencode(sources[number], longest)
        except Exception:  # noqa: BLE001, S112  # the same: no preview
            continue
        sys.stdout.buffer.write(_ANSWER.pack(number, len(preview)) + preview)
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
