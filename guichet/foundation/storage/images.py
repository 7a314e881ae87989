"""Previews of images that strangers sent."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from .kinds import HEAD, sniff

_PROGRAM = Path(__file__).with_name("reencode.py")
_SECONDS = 8
# Two at a time: each may need a core and half a gigabyte.
_places = threading.BoundedSemaphore(2)
# And two who wait for a place: each holds a thread that others need for their pages.
_line = threading.BoundedSemaphore(4)


def preview(file: IO[bytes], *, longest: int = 1600) -> bytes | None:
    """`file` as WebP, upright, within `longest` pixels each way, without metadata; of animations the start.

    None for what is no image, is broken, has more than 40 million pixels, or takes too long; and when more
    than a few are asked for at once. Reads `file` from its start; takes 0.1 s at least and 16 s at worst, in
    a process of its own.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not sniff(head, "").startswith("image/") or not _line.acquire(blocking=False):
        return None
    try:
        return _drawn(head + file.read(), longest)
    finally:
        _line.release()


def _drawn(source: bytes, longest: int) -> bytes | None:
    if not _places.acquire(timeout=_SECONDS):
        return None
    try:
        # Isolated (-I): it imports nothing from the folder it is started in, and minds no variables.
        finished = subprocess.run(  # noqa: S603  # our own program, and one number
            [sys.executable, "-I", str(_PROGRAM), str(longest)],
            input=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    finally:
        _places.release()
    return finished.stdout if finished.returncode == 0 else None
