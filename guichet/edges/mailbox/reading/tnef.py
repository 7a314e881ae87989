"""winmail.dat: what Outlook packs a mail's files and text into for other Outlooks ([MS-OXTNEF])."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from .charsets import decoded
from .mapi import Properties, Unreadable, properties_in

_SIGNATURE = 0x223E9F78
_BODY, _MESSAGE_PROPERTIES, _CODE_PAGE = 0x0002800C, 0x00069003, 0x00069007
_NEW_FILE, _TITLE, _DATA, _FILE_PROPERTIES = 0x00069002, 0x00018010, 0x0006800F, 0x00069005
_TEXT, _RICH, _HTML = 0x1000, 0x1009, 0x1013
_NAME, _SHORT_NAME, _LONG_NAME = 0x3001, 0x3704, 0x3707
_CONTENT, _TYPE, _CONTENT_ID = 0x3701, 0x370E, 0x3712
_IDENTIFIER = 16  # bytes before the message within a message
_DEEPEST = 3


@dataclass(slots=True, kw_only=True)
class Packed:
    """One file. `message` is set where it is another message."""

    name: str = ""
    media_type: str = ""
    content: bytes = b""
    content_id: str = ""
    message: "Unpacked | None" = None


@dataclass(slots=True)
class Unpacked:
    text: str = ""
    html: str = ""
    rich: bytes = b""  # packed once more, see lzfu.py
    files: list[Packed] = field(default_factory=list)


def unpack(content: bytes, *, most: int, depth: int = 0) -> Unpacked:
    """What is in it. Raises Unreadable where it is cut off, malformed, or holds more than `most` files."""
    found = Unpacked()
    code_page = "cp1252"
    for name, data in _attributes(content):
        if name == _CODE_PAGE and len(data) >= 4:
            code_page = f"cp{int.from_bytes(data[:4], 'little')}"
        elif name == _BODY:
            found.text = found.text or _string(data, code_page)
        elif name == _MESSAGE_PROPERTIES:
            _describe_message(found, properties_in(data), code_page)
        elif name == _NEW_FILE:
            found.files.append(Packed())
            if len(found.files) > most:
                raise Unreadable
        elif found.files:
            _describe_file(found.files[-1], name, data, code_page, most=most, depth=depth)
    return found


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    if len(content) < 6 or int.from_bytes(content[:4], "little") != _SIGNATURE:
        raise Unreadable
    at = 6
    while at < len(content):
        try:
            _level, name, length = struct.unpack_from("<BII", content, at)
        except struct.error:
            raise Unreadable from None
        at += 9
        if at + length > len(content):
            raise Unreadable
        yield name, content[at : at + length]
        at += length + 2  # and a checksum


def _describe_message(found: Unpacked, said: Properties, code_page: str) -> None:
    found.text = _words(said, _TEXT, code_page) or found.text
    found.html = _words(said, _HTML, code_page)
    found.rich = said.get(_RICH, (0, b""))[1]


def _describe_file(file: Packed, name: int, data: bytes, code_page: str, *, most: int, depth: int) -> None:
    if name == _TITLE:
        file.name = file.name or _string(data, code_page)
    elif name == _DATA:
        file.content = data
    elif name == _FILE_PROPERTIES:
        said = properties_in(data)
        long_name = _words(said, _LONG_NAME, code_page) or _words(said, _NAME, code_page)
        file.name = long_name or file.name or _words(said, _SHORT_NAME, code_page)
        file.media_type = _words(said, _TYPE, code_page)
        file.content_id = _words(said, _CONTENT_ID, code_page)
        kind, content = said.get(_CONTENT, (0, b""))
        if kind == Properties.OBJECT and depth < _DEEPEST:
            file.message = unpack(content[_IDENTIFIER:], most=most, depth=depth + 1)
        file.content = content or file.content


def _words(said: Properties, name: int, code_page: str) -> str:
    kind, value = said.get(name, (0, b""))
    return _string(value, "utf-16-le" if kind == Properties.UNICODE else code_page)


def _string(data: bytes, code_page: str) -> str:
    return decoded(data, code_page).partition("\0")[0].strip()
