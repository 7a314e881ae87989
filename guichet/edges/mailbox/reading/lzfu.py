"""Rich text as Outlook packs it ([MS-OXRTFCP])."""

import struct

from .mapi import Unreadable

_HEADER = struct.Struct("<IIII")  # its length, the text's length, the kind, a checksum
_PACKED, _PLAIN = 0x75465A4C, 0x414C454D
_RING = 4096
# What the text is taken to follow.
_BEFORE = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor "
    rb"MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)


def unrolled(packed: bytes, *, most: int) -> bytes:
    """The rich text, as far as it is there and not beyond `most` bytes. Raises Unreadable."""
    if len(packed) < _HEADER.size:
        raise Unreadable
    _length, size, kind, _checksum = _HEADER.unpack_from(packed)
    most = min(most, size)
    if kind == _PLAIN:
        return packed[_HEADER.size :][:most]
    if kind != _PACKED:
        raise Unreadable
    return _spread(packed, _HEADER.size, most)


def _spread(packed: bytes, at: int, most: int) -> bytes:
    out = bytearray(_BEFORE)
    until, end = len(out) + most, len(packed)
    while at < end and len(out) < until:
        control, at = packed[at], at + 1
        for bit in range(8):
            if not control >> bit & 1:
                out += packed[at : at + 1]
                at += 1
                continue
            if at + 2 > end:
                break
            reference, at = packed[at] << 8 | packed[at + 1], at + 2
            back = (len(out) - (reference >> 4)) % _RING
            if not back:  # it refers to where it stands: the end
                return _after(out, until)
            if back > len(out):
                raise Unreadable
            length = (reference & 15) + 2
            # What it repeats may be shorter than what it asks for.
            out += (bytes(out[-back:][:length]) * length)[:length]
    return _after(out, until)


def _after(out: bytearray, until: int) -> bytes:
    return bytes(out[len(_BEFORE) : until])
