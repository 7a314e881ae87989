"""Words that stand nowhere but in the packed rich text of a winmail.dat."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guichet.edges.mailbox.reading import Limits, parse
from guichet.edges.mailbox.reading.lzfu import unrolled
from guichet.edges.mailbox.reading.mapi import Unreadable
from guichet.edges.mailbox.reading.rtf import words_in
from tests.edges.mailbox.reading.test_tnef import attribute, packed, properties, variable

MANY = 10**6
# The examples of [MS-OXRTFCP] section 4.
HELLO = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
)
CROSSING = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")
OF_HTML = rb"""{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0
{\fonttbl{\f0\fswiss Arial;}{\f1\fmodern Courier;}}
{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Gr\'fc\'dfe \u8364?\u-10179\'3f\u-8704\'3f
 & {\*\htmltag84 &lt;}\htmlrtf <\htmlrtf0  3
{\*\htmltag84 <b class="\{x\}">}\htmlrtf {\b \htmlrtf0 bold{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0
{\*\mhtmltag84 <img src="a">}\htmlrtf \par\htmlrtf0{\*\htmltag72 </p>}\htmlrtf }\htmlrtf0
{\pict\bin5 }}}}}}Last}"""
OF_TEXT = rb"""{\rtf1\ansi\ansicpg1252\fromtext \deff0{\fonttbl{\f0\fmodern\fcharset0 Courier;}
{\f1\fcharset128 MS Gothic;}{\f2\fcharset204 Arial;}}{\stylesheet{\s0 Normal;}}
\pard\plain\f0 Good morning,\par\par\f1 \'93\'fa\'96\'7b{\f2 \'cf\'f0}\f0\line
\ldblquote a\rdblquote\tab b\~c\emdash d\par
{\*\generator Riched20;}{\field{\*\fldinst HYPERLINK "x"}{\fldrslt link}}}"""
PIECES = [*(bytes([one]) for one in rb"{}\*'u0-9 "), *(OF_HTML[n : n + 7] for n in range(0, 500, 7))]


def plain(rich: bytes) -> bytes:
    """As it is packed without being made smaller."""
    return struct.pack("<IIII", len(rich) + 12, len(rich), 0x414C454D, 0) + rich


def lzfu(spread: bytes, size: int = 2**31) -> bytes:
    return struct.pack("<IIII", len(spread) + 12, size, 0x75465A4C, 0) + spread


def mail_with(rich: bytes, before: bytes = b"") -> bytes:
    winmail = packed(attribute(1, 0x00069003, properties(variable(0x102, 0x1009, rich))))
    return before + b"Content-Type: application/ms-tnef; name=winmail.dat\n\n" + winmail


def test_the_examples_of_the_format_are_unpacked() -> None:
    assert unrolled(HELLO, most=MANY) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unrolled(CROSSING, most=MANY) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unrolled(CROSSING, most=9) == b"{\\rtf1 WX"
    assert unrolled(plain(OF_TEXT), most=MANY) == OF_TEXT


@pytest.mark.parametrize("raw", [b"", HELLO[:15], lzfu(b"\x01\xff\xf0"), HELLO[:8] + b"what" + HELLO[12:]])
def test_what_is_not_packed_so_is_unreadable(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        unrolled(raw, most=MANY)


def test_a_mail_that_has_no_other_words_is_read() -> None:
    assert parse(mail_with(HELLO, b"Subject: x\n")).text == "hello world"
    mail = parse(mail_with(plain(OF_HTML)))
    assert (mail.visible, "<b>bold</b>" in mail.html) == ("Grüße €😀 & < 3bold\n\nLast", True)
    assert not mail.files


def test_where_there_are_other_words_they_count() -> None:
    head = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\nThe words.\n--x\n"
    assert parse(mail_with(HELLO, head)).text == "The words."


def test_html_comes_out_as_it_was() -> None:
    text, html = words_in(OF_HTML, most=MANY)
    assert text == ""
    assert html == '<p>Grüße €😀 & &lt; 3<b class="{x}">bold</b></p>Last'


def test_text_comes_out_in_its_characters() -> None:
    text, html = words_in(OF_TEXT, most=MANY)
    assert html == ""
    assert text == "Good morning,\n\n日本Пр\n“a”\tb\xa0c—d\nlink"


@given(st.binary(max_size=300))
def test_nothing_makes_it_stumble(raw: bytes) -> None:
    for spread in (raw, lzfu(raw)):
        try:
            unrolled(spread, most=1000)
        except Unreadable:
            continue
    parse(mail_with(lzfu(raw)))


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_rich_text_makes_it_stumble(pieces: list[bytes]) -> None:
    text, html = words_in(b"{\\rtf1\\fromhtml1" + b"".join(pieces), most=100)
    assert len(text) + len(html) <= 100


@pytest.mark.parametrize(
    "rich",
    [
        b"{" * 2**21,
        b"{}" * 2**20,
        b"{\\fromhtml1" + b"\\u1?" * 2**19,
        b"\\fromhtml1" + b"{\\*\\htmltag1 x}" * 2**17,
        b"\\bin999999999 x" * 2**17,
        b"{\\fonttbl" + b"{\\f1\\fcharset128 x;}" * 2**16,
        b"\\'41" * 2**19,
    ],
    ids=["deep", "groups", "letters", "tags", "bytes", "fonts", "coded"],
)
def test_bombs_are_read_up_to_a_point(rich: bytes) -> None:
    limits = Limits()
    mail = parse(mail_with(plain(rich)), limits)
    assert not mail.refused
    assert len(mail.text) + len(mail.html) <= 2 * limits.longest_text


def test_what_unpacks_to_much_is_unpacked_up_to_a_point() -> None:
    before = 207  # what the format begins with
    again = [((before + 17 * number - 1) % 4096 << 4 | 15).to_bytes(2) for number in range(80_000)]
    spread = b"".join(b"\xff" + b"".join(again[at : at + 8]) for at in range(0, len(again), 8))
    assert len(unrolled(lzfu(spread), most=2 * MANY)) == 17 * 80_000
    assert len(unrolled(lzfu(spread), most=MANY)) == MANY
