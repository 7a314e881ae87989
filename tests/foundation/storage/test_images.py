import io
import resource
import struct
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from PIL import Image

from guichet.foundation.storage.images import Allowance, preview, previews


def encoded(image: Image.Image, kind: str, **options: Any) -> io.BytesIO:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out


def seen(source: io.BytesIO, **options: int) -> Image.Image:
    shown = preview(source, **options)
    assert shown is not None
    image = Image.open(io.BytesIO(shown))
    assert image.format == "WEBP"
    image.load()
    return image


def png_of(width: int, height: int, pixels: bytes) -> io.BytesIO:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + body)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
def test_images_are_made_small_and_keep_their_shape(kind: str) -> None:
    assert seen(encoded(Image.new("RGB", (300, 200), "red"), kind), longest=150).size == (150, 100)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16"])
def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    image = Image.new("L", (8, 8), 200)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    converted = Image.new("I;16", (8, 8), 200) if mode == "I;16" else image.convert(mode)
    assert seen(encoded(converted, kind)).size == (8, 8)


def test_small_images_stay_sharp_to_the_pixel() -> None:
    image = Image.effect_noise((64, 64), 80).convert("RGB")
    assert seen(encoded(image, "PNG")).convert("RGB").tobytes() == image.tobytes()


def test_transparency_stays() -> None:
    shown = seen(encoded(Image.new("RGBA", (4, 4), (255, 0, 0, 0)), "PNG"))
    assert shown.mode == "RGBA"
    assert set(shown.getchannel("A").tobytes()) == {0}


def test_what_a_camera_noted_goes_and_the_image_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # held upright: turn it by 90 degrees
    exif[0x010E] = "where I live"
    exif.get_ifd(0x8825)[1] = "N"
    photo = Image.new("RGB", (300, 200), "red")
    photo.paste("blue", (0, 0, 150, 200))
    shown = preview(encoded(photo, "JPEG", exif=exif, icc_profile=b"my profile", comment=b"my comment"))
    assert shown is not None
    assert not any(word in shown for word in (b"where I live", b"EXIF", b"ICCP", b"XMP ", b"my comment"))
    image = Image.open(io.BytesIO(shown)).convert("RGB")
    assert image.size == (200, 300)
    top, bottom = image.getpixel((100, 20)), image.getpixel((100, 280))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert (top[2] > 200, bottom[0] > 200) == (True, True)


def test_of_an_animation_the_first_frame_is_shown() -> None:
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "blue", "green")]
    shown = seen(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert getattr(shown, "n_frames", 1) == 1
    assert shown.convert("RGB").getpixel((5, 5)) == (255, 0, 0)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a<script>alert(1)</script>" * 100,
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0" + b"\0" * 1_000,
        encoded(Image.effect_noise((300, 300), 80), "PNG").getvalue()[:5_000],
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
    ],
    ids=["empty", "html", "svg", "gif and html", "head only", "jpeg of nothing", "cut short", "postscript"],
)
def test_what_is_no_whole_image_has_no_preview(source: bytes) -> None:
    assert preview(io.BytesIO(source)) is None


@pytest.mark.parametrize(
    ("width", "height"), [(50_000, 50_000), (2**31 - 1, 2**31 - 1), (2**31 - 1, 1), (40_000_001, 1)]
)
def test_a_bomb_is_refused_by_its_header(width: int, height: int) -> None:
    began = time.monotonic()
    assert preview(png_of(width, height, b"\0" * 10_000)) is None
    assert time.monotonic() - began < 5


def test_a_screenshot_of_a_large_screen_has_a_preview() -> None:
    screen = png_of(5_120, 2_880, (b"\0" + b"\xaa" * 5_120) * 2_880)
    assert seen(screen).size == (1_600, 900)


def test_metadata_that_unpacks_to_gigabytes_is_not_unpacked() -> None:
    source = png_of(1, 1, b"\0\0").getvalue()
    text = b"Comment\0\0" + zlib.compress(b"x" * 100_000_000)
    chunk = struct.pack(">I", len(text)) + b"zTXt" + text + struct.pack(">I", zlib.crc32(b"zTXt" + text))
    began = time.monotonic()
    preview(io.BytesIO(source[:33] + chunk + source[33:]))
    assert time.monotonic() - began < 5


def test_a_source_is_read_from_its_start() -> None:
    source = encoded(Image.new("RGB", (4, 4)), "PNG")
    source.seek(0, io.SEEK_END)
    assert preview(source) is not None


def test_several_are_answered_in_their_order() -> None:
    images = [encoded(Image.new("RGB", (size, 8)), "PNG").getvalue() for size in (30, 10, 20)]
    shown = previews([images[0], b"no image", images[1], b"\x89PNG\r\n\x1a\n", images[2]])
    assert [one and Image.open(io.BytesIO(one)).width for one in shown] == [30, None, 10, None, 20]
    assert previews([]) == []


def test_several_cost_no_more_than_is_allowed_for_all_and_the_small_ones_come_first() -> None:
    slow = encoded(Image.new("RGB", (6_000, 6_000)), "WEBP", lossless=True).getvalue()
    small = encoded(Image.new("RGB", (8, 8)), "PNG").getvalue()
    before = processor_seconds_of_others()
    shown = previews([*[slow] * 5, small], allowance=Allowance(seconds=1.5))
    assert processor_seconds_of_others() - before < 2
    assert shown[0] is None or shown[1:5] == [None] * 4
    assert shown[5] is not None


def test_what_takes_more_memory_than_allowed_is_left_out() -> None:
    large = png_of(6_300, 6_300, (b"\0" + b"\xaa" * 6_300) * 6_300).getvalue()
    small = encoded(Image.new("RGB", (8, 8)), "PNG").getvalue()
    shown = previews([large, small], allowance=Allowance(memory=200 * 2**20))
    assert [bool(one) for one in shown] == [False, True]


def processor_seconds_of_others() -> float:
    """Of the processes that this one has started, and that have ended."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def test_many_at_once_hold_only_a_few_who_wait() -> None:
    # 1.5 kB that take more than a second to draw.
    slow = encoded(Image.new("RGB", (6_000, 6_000)), "WEBP", lossless=True).getvalue()
    with ThreadPoolExecutor(8) as pool:
        began = time.monotonic()
        took = list(pool.map(lambda _: (preview(io.BytesIO(slow)), time.monotonic() - began), range(8)))
    drawn = [after for shown, after in took if shown]
    left_out = [after for shown, after in took if not shown]
    assert len(drawn) <= 4
    assert len(left_out) >= 4
    assert sorted(left_out)[3] < 0.5
    assert preview(encoded(Image.new("RGB", (8, 8)), "PNG")) is not None
