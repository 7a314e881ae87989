"""Contents come out as they went in, whatever happened to them on the way."""

import base64

import pytest

from guichet.edges.mailbox.reading import parse
from guichet.edges.mailbox.reading.transfer import content_of, from_base64

TEXT = b"Hello, this is a text that is longer than one line of base64 would be, and goes on for a while."
CODED = base64.encodebytes(TEXT)


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        ("base64", CODED, TEXT),
        ("BASE64 ", CODED.replace(b"\n", b"\r\n"), TEXT),
        ("base64", CODED.replace(b"=", b""), TEXT),
        ("base64", CODED.replace(b"\n", b"\n  "), TEXT),
        ("base64", CODED[:-1] + b"\n-- \na list's footer\n", TEXT + b"\n-- \na list's footer\n"),
        ("base64", base64.b64encode(b"ab") + base64.b64encode(b"cd"), b"abcd"),
        ("base64", b"QUJD!QUJD", b"QUJD!QUJD"),
        ("base64", b"This was never encoded.", b"This was never encoded."),
        ("base64", b"QUJDR", b"ABC"),
        ("quoted-printable", b"na=C3=AFve =\nand so on", b"na\xc3\xafve and so on"),
        ("quoted-printable", b"soft= \r\nend", b"softend"),
        ("quoted-printable", b"lower =c3=af, broken =ZZ = =4", b"lower \xc3\xaf, broken =ZZ = =4"),
        ("7bit", b"na\xefve", b"na\xefve"),
        ("8bit", b"na\xefve", b"na\xefve"),
        ("binary", b"\0\x01", b"\0\x01"),
        ("no-such", b"x", b"x"),
        ("x-uuencode", b"begin 644 a.txt\n#0V%T\n`\nend\n", b"Cat"),
        ("uuencode", b"no such thing", b"no such thing"),
    ],
)
def test_encodings_as_they_come(encoding: str, body: bytes, content: bytes) -> None:
    assert content_of(body, encoding) == content


def test_base64_of_any_length_is_decoded() -> None:
    for length in range(70):
        assert from_base64(base64.encodebytes(bytes(range(length)))) == bytes(range(length))


def test_files_within_the_text_are_taken_out_of_it() -> None:
    mail = parse(
        b"Subject: x\n\nHello,\nbegin 644 cat.txt\n#0V%T\n`\nend\n\nBye\nbegin 644 is how it starts\nend\n"
    )
    assert mail.text == "Hello,\n\n\nBye\nbegin 644 is how it starts\nend"
    assert [(file.name, file.content) for file in mail.files] == [("cat.txt", b"Cat")]


@pytest.mark.parametrize(
    ("body", "more", "text"),
    [
        ("One \nparagraph.\n\nTwo.", "", "One paragraph.\n\nTwo."),
        ("> quoted \n> line\nown \nline", "", "> quoted line\nown line"),
        (">> deep \n> less", "", ">> deep \n> less"),
        (" stuffed\n >not quoted", "", "stuffed\n>not quoted"),
        ("words \n-- \nRose", "", "words \n-- \nRose"),
        ("日本 \n語", "; delsp=yes", "日本語"),
    ],
)
def test_text_that_flows(body: str, more: str, text: str) -> None:
    head = f"Content-Type: text/plain; charset=utf-8; format=flowed{more}\n\n"
    assert parse((head + body).encode()).text == text
