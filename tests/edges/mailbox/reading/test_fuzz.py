"""Mails of true programs, damaged in any way, are read or refused: nothing else ever happens."""

from hypothesis import given, settings
from hypothesis import strategies as st

from guichet.edges.mailbox.reading import Limits, Mail, parse
from guichet.edges.mailbox.reading.coding import decode, encode
from tests.edges.mailbox.reading.corpus import corpus
from tests.edges.mailbox.reading.killers import KILLERS

SOUND = [one.raw for one in corpus()[::5]] + KILLERS
PIECES = [
    *(
        b"\n",
        b"\r\n",
        b"\r",
        b"\n\n",
        b"\0",
        b"\xff",
        b"=",
        b'"',
        b"<",
        b">",
        b"(",
        b";",
        b"--",
        b"-- \n",
        b"\x1b$B",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=x\n\n",
        b"\n--x\n",
        b"\n--x--\n",
        b"Content-Type: message/rfc822\n\n",
    ),
    *(
        b"Content-Transfer-Encoding: base64\n",
        b"=?utf-8?q?",
        b"?=",
        b"begin 644 x\n",
        b"\nend\n",
        b"<div>",
        b"</div>",
    ),
    *(
        b"On 10.03.2026 a <a@b.example> wrote:\n",
        b"From: a\nSent: 1\nSubject: x\n",
        b"> ",
        b"##- x -##\n",
        b"cid:a@b",
    ),
    *(
        b"<blockquote type=cite>",
        b'<div id="divRplyFwdMsg">',
        b"&#0;",
        b"&lt;",
        b"<!--",
        b"<table>",
        b"<td>",
        b"\xe2\x82",
    ),
]
CUTS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.05), st.sampled_from(PIECES)), max_size=8)


def damaged(raw: bytes, cuts: list[tuple[float, float, bytes]]) -> bytes:
    """`raw` in which, at each place, so much is replaced by something else."""
    for where, much, other in cuts:
        at = int(where * len(raw))
        raw = raw[:at] + other + raw[at + int(much * len(raw)) :]
    return raw


def check(mail: Mail) -> None:
    assert not mail.refused.startswith("unreadable")
    whole = {line.strip() for line in mail.text.split("\n")}
    assert {line.strip() for line in mail.visible.split("\n")} <= {"", *whole}
    said, contents = encode(mail)
    sent = b"".join(contents)

    def take(size: int) -> bytes:
        nonlocal sent
        taken, sent = sent[:size], sent[size:]
        return taken

    assert decode(said, take, most=2**30) == mail


@settings(max_examples=150)
@given(st.sampled_from(SOUND), CUTS)
def test_damaged_mails_are_read(raw: bytes, cuts: list[tuple[float, float, bytes]]) -> None:
    check(parse(damaged(raw, cuts)))


@settings(max_examples=50)
@given(st.sampled_from(SOUND), st.sampled_from(SOUND), st.floats(0, 1), st.floats(0, 1))
def test_halves_of_two_mails_are_read(one: bytes, other: bytes, end: float, start: float) -> None:
    check(parse(one[: int(end * len(one))] + other[int(start * len(other)) :]))


@settings(max_examples=100)
@given(st.binary() | st.lists(st.sampled_from(PIECES)).map(b"".join))
def test_any_bytes_are_read(raw: bytes) -> None:
    check(parse(raw, Limits(longest_text=1000)))
