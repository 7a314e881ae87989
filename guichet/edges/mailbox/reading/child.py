"""The process that reads mails and nothing else. It may neither write files nor start programs."""

import json
import resource
import signal
import struct
import sys
from typing import BinaryIO

from ..limits import Limits
from .coding import encode
from .parse import parse

LENGTH = struct.Struct(">Q")
READY = b"\n"
_MOST_OPEN = 16
_NONE_OF = (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC)


def serve(limits: Limits, incoming: BinaryIO, outgoing: BinaryIO) -> None:
    """Read mails, each after its length, and tell what they say, until there are no more.

    One that takes more than `limits.seconds` of the processor ends the process, wherever it is at that time.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_OPEN, _MOST_OPEN))
    for one in _NONE_OF:
        resource.setrlimit(one, (0, 0))
    outgoing.write(READY)
    outgoing.flush()
    while length := incoming.read(LENGTH.size):
        raw = incoming.read(LENGTH.unpack(length)[0])
        signal.setitimer(signal.ITIMER_PROF, limits.seconds)
        said, contents = encode(parse(raw, limits))
        signal.setitimer(signal.ITIMER_PROF, 0)
        outgoing.write(LENGTH.pack(len(said)) + said)
        outgoing.writelines(contents)
        outgoing.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # its parent is told, too, and ends it
    serve(Limits(**json.loads(sys.argv[1])), sys.stdin.buffer, sys.stdout.buffer)
