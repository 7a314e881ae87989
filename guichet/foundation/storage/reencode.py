"""A program of its own, run by images.py: an image on standard input, a WebP of it on standard output.

Decoders are large, written in C and fed by strangers: here they can take neither more memory nor more time
than given, and see no secret and no connection of the server. Exits with 1 when there is no preview to give.
"""

import io
import os
import resource
import sys

from PIL import Image, ImageOps

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP")
MOST_PIXELS = 40_000_000
MEMORY = 1 << 30  # bytes; 40 million pixels take 160 MB, and are held up to three times
PROCESSOR_SECONDS = 5
# Drawings and screenshots stay sharp; above this size it was a photograph after all.
MOST_LOSSLESS = 1_000_000


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


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(10)  # pages come first
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower, and no warning
    try:
        preview = reencode(sys.stdin.buffer.read(), int(sys.argv[1]))
    except Exception:  # noqa: BLE001  # decoders raise what they like; the answer is the same
        return 1
    sys.stdout.buffer.write(preview)
    return 0


if __name__ == "__main__":
    sys.exit(main())
