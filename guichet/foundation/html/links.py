"""Web addresses found in plain text."""

import re
from collections.abc import Iterator

# Stops at blanks, at what delimits addresses (RFC 3986 appendix C) and at CJK punctuation, which
# follows without a blank.
_ADDRESS = re.compile(
    r"https?://[^\s<>\"`\\^{|}\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff65]{2,2000}", re.IGNORECASE
)
_CLOSERS = {")": "(", "]": "["}


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """`text` cut into (piece, is it a web address), in order; the pieces joined are `text`."""
    done = 0
    for found in _ADDRESS.finditer(text):
        address = _without_tail(found.group())
        if not re.match(r"\w|\[", address[address.index("//") + 2 :]):
            continue
        if found.start() > done:
            yield text[done : found.start()], False
        yield address, True
        done = found.start() + len(address)
    if done < len(text):
        yield text[done:], False


def _without_tail(address: str) -> str:
    """`address` without the punctuation of the sentence around it; a bracket that it opened is its own."""
    while address:
        last = address[-1]
        opener = _CLOSERS.get(last)
        if opener and address.count(opener) >= address.count(last):
            return address
        if not opener and last not in ".,;:!?'*_~…’”»":
            return address
        address = address[:-1]
    return address
