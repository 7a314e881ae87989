"""Properties of a message as Outlook writes them ([MS-OXTNEF] 2.1.3.4, [MS-OXCDATA] 2.11)."""

import struct
from collections.abc import Iterator

_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
_BYTES, _UNICODE, _BINARY, _OBJECT = 0x1E, 0x1F, 0x102, 0x0D
_OF_ANY_LENGTH = (_BYTES, _UNICODE, _BINARY, _OBJECT)
_SEVERAL = 0x1000
_NAMED = 0x8000
_MOST = 5_000


class Unreadable(ValueError):
    """It is not what it says it is, or it is cut off."""


class Properties(dict[int, tuple[int, bytes]]):
    """Of each property its type and its first value."""

    UNICODE = _UNICODE
    OBJECT = _OBJECT


def properties_in(data: bytes) -> Properties:
    """Raises Unreadable."""
    try:
        return Properties(_properties(data))
    except struct.error:
        raise Unreadable from None


def _properties(data: bytes) -> Iterator[tuple[int, tuple[int, bytes]]]:
    (count,) = struct.unpack_from("<I", data)
    at = 4
    if count > _MOST:
        raise Unreadable
    for _property in range(count):
        kind, name = struct.unpack_from("<HH", data, at)
        at += 4
        if name >= _NAMED:
            at = _after_name(data, at)
        values, at = _values(data, at, kind)
        yield name, (kind & ~_SEVERAL, values)


def _after_name(data: bytes, at: int) -> int:
    is_text, number = struct.unpack_from("<II", data, at + 16)
    return at + 24 + (_padded(number) if is_text else 0)


def _values(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    """The first value, and where the next property begins."""
    base = kind & ~_SEVERAL
    number = 1
    if kind & _SEVERAL or base in _OF_ANY_LENGTH:
        (number,) = struct.unpack_from("<I", data, at)
        at += 4
    if base not in _SIZES and base not in _OF_ANY_LENGTH:
        raise Unreadable
    first = b""
    for one in range(number):
        size = _SIZES.get(base, 0)
        if not size:
            (size,) = struct.unpack_from("<I", data, at)
            at += 4
        if at + size > len(data):
            raise Unreadable
        if not one:
            first = data[at : at + size]
        at += _padded(size)
    return first, at


def _padded(size: int) -> int:
    return size + -size % 4
