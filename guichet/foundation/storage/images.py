"""Previews of images that strangers sent."""

import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from .kinds import HEAD, sniff

_PROGRAM = Path(__file__).with_name("reencode.py")
_LENGTH, _ANSWER = struct.Struct(">Q"), struct.Struct(">QQ")
_SECONDS = 8
# Two at a time: each may need a core and half a gigabyte.
_places = threading.BoundedSemaphore(2)
# And two who wait for a place: each holds a thread that others need for their pages.
_line = threading.BoundedSemaphore(4)


@dataclass(frozen=True, slots=True)
class Allowance:
    """What drawing may cost in all: seconds of a processor, and bytes."""

    seconds: float = 5
    memory: int = 1 << 30  # 40 million pixels take 160 MB, and are held up to three times


_FOR_ONE = Allowance()


def preview(file: IO[bytes], *, longest: int = 1600) -> bytes | None:
    """`file` as WebP, upright, within `longest` pixels each way, without metadata; of animations the start.

    None for what is no image, is broken, has more than 40 million pixels, or takes too long; and when more
    than a few are asked for at once. Reads `file` from its start; takes 0.1 s at least and 16 s at worst, in
    a process of its own.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not _may_be_one(head):
        return None
    return previews([head + file.read()], longest=longest)[0]


def previews(
    sources: Sequence[bytes], *, longest: int = 1600, allowance: Allowance = _FOR_ONE
) -> list[bytes | None]:
    """The same of each, for no more than `allowance` together: the small ones first, None for the rest."""
    images = [number for number, source in enumerate(sources) if _may_be_one(source)]
    drawn: list[bytes | None] = [None] * len(sources)
    if not images or not _line.acquire(blocking=False):
        return drawn
    try:
        said = _drawn([sources[number] for number in images], longest, allowance)
    finally:
        _line.release()
    at = 0
    while at + _ANSWER.size <= len(said):
        number, length = _ANSWER.unpack_from(said, at)
        at += _ANSWER.size
        if number < len(images) and at + length <= len(said):
            drawn[images[number]] = said[at : at + length]
        at += length
    return drawn


def _may_be_one(source: bytes) -> bool:
    return sniff(source[:HEAD], "").startswith("image/")


def _drawn(sources: list[bytes], longest: int, allowance: Allowance) -> bytes:
    """What the program says until it ends, or is ended."""
    if not _places.acquire(timeout=_SECONDS):
        return b""
    try:
        # Isolated (-I): it imports nothing from the folder it is started in, and minds no variables.
        finished = subprocess.run(  # noqa: S603  # our own program, and numbers
            [sys.executable, "-I", str(_PROGRAM), *map(str, (longest, allowance.seconds, allowance.memory))],
            input=b"".join(_LENGTH.pack(len(source)) + source for source in sources),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return late.stdout or b""
    finally:
        _places.release()
    return finished.stdout
