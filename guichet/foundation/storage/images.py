"""Previews of images that strangers sent."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

from .kinds import HEAD, sniff

_PROGRAM = Path(__file__).with_name("reencode.py")
_SECONDS = 15
# Two at a time: each may need a core and half a gigabyte.
_places = threading.BoundedSemaphore(2)


def preview(file: IO[bytes], *, longest: int = 1600) -> bytes | None:
    """`file` as WebP, upright, within `longest` pixels each way, without metadata; of animations the start.

    None for what is no image, is broken, has more than 40 million pixels, or takes too long. Reads `file`
    from its start; takes 0.1 s at least and 30 s at worst, in a process of its own.
    """
    file.seek(0)
    head = file.read(HEAD)
    if not sniff(head, "").startswith("image/") or not _places.acquire(timeout=_SECONDS):
        return None
    try:
        # Isolated (-I): it imports nothing from the folder it is started in, and minds no variables.
        finished = subprocess.run(  # noqa: S603  # our own program, and one number
            [sys.executable, "-I", str(_PROGRAM), str(longest)],
            input=head + file.read(),
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
