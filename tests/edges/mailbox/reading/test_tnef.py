"""What Outlook packs into winmail.dat comes out of it; what cannot be read stays as it is."""

import struct

import pytest

from guichet.edges.mailbox.reading import parse
from guichet.edges.mailbox.reading.mapi import Unreadable
from guichet.edges.mailbox.reading.tnef import unpack


def attribute(level: int, name: int, data: bytes) -> bytes:
    return struct.pack("<BII", level, name, len(data)) + data + struct.pack("<H", sum(data) % 65536)


def unicode(name: int, text: str) -> bytes:
    return variable(0x1F, name, text.encode("utf-16-le") + b"\0\0")


def variable(kind: int, name: int, data: bytes) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(data)) + data + b"\0" * (-len(data) % 4)


def properties(*each: bytes) -> bytes:
    return struct.pack("<I", len(each)) + b"".join(each)


def packed(*attributes: bytes) -> bytes:
    return struct.pack("<IH", 0x223E9F78, 1) + b"".join(attributes)


NAMED = struct.pack("<HH", 0x03, 0x8001) + b"\0" * 16 + struct.pack("<III", 1, 4, 0) + struct.pack("<I", 7)
NUMBERS = struct.pack("<HHI", 0x1003, 0x6001, 2) + b"\1\0\0\0\2\0\0\0"
OLD_FILE = (
    attribute(2, 0x00069002, b"\0" * 14)
    + attribute(2, 0x00018010, "été.txt".encode("cp1252") + b"\0")
    + attribute(2, 0x0006800F, b"old content")
)
NEW_FILE = (
    attribute(2, 0x00069002, b"\0" * 14)
    + attribute(2, 0x0006800F, b"new content")
    + attribute(
        2,
        0x00069005,
        properties(NAMED, NUMBERS, unicode(0x3707, "日本.pdf"), unicode(0x370E, "application/pdf")),
    )
)
INNER = packed(attribute(1, 0x00069003, properties(unicode(0x1000, "Within."))), OLD_FILE)
MESSAGE = attribute(2, 0x00069002, b"\0" * 14) + attribute(
    2, 0x00069005, properties(unicode(0x3001, "A message"), variable(0x0D, 0x3701, b"\0" * 16 + INNER))
)
WHOLE = packed(
    attribute(1, 0x00069007, struct.pack("<II", 1252, 0)),
    attribute(
        1, 0x00069003, properties(unicode(0x1000, "Packed words."), variable(0x102, 0x1013, b"<p>Packed</p>"))
    ),
    OLD_FILE,
    NEW_FILE,
    MESSAGE,
)
HEAD = b"Content-Type: multipart/mixed; boundary=x\n\n"
TEXT = b"--x\nContent-Type: text/plain\n\nThe words.\n"
TNEF = b"--x\nContent-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: 8bit\n\n"


def test_files_come_out() -> None:
    mail = parse(HEAD + TEXT + TNEF + WHOLE + b"\n--x--\n")
    assert mail.text == "The words."
    assert [(file.name, file.media_type, file.content) for file in mail.files] == [
        ("été.txt", "application/octet-stream", b"old content"),
        ("日本.pdf", "application/pdf", b"new content"),
        ("A message.txt", "text/plain", b"Within."),
        ("été.txt", "application/octet-stream", b"old content"),
    ]


def test_words_come_out_where_there_are_no_others() -> None:
    mail = parse(b"Content-Type: application/ms-tnef\n\n" + WHOLE)
    assert (mail.text, mail.html) == ("Packed words.", "<p>Packed</p>")


@pytest.mark.parametrize("length", range(0, len(WHOLE), 7))
def test_what_is_cut_off_stays_as_it_is(length: int) -> None:
    try:
        unpack(WHOLE[:length], most=100)
    except Unreadable:
        mail = parse(HEAD + TEXT + TNEF + WHOLE[:length] + b"\n--x--\n")
        assert [(file.name, file.content) for file in mail.files] == [("winmail.dat", WHOLE[:length])][
            : length or 0
        ]
