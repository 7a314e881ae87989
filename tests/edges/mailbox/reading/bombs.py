"""Mails written to stop their reader: BOMBS are refused, HEAVY ones cost much and are read all the same."""

import base64
import struct

MANY = 20_000
MIXED = b"Content-Type: multipart/mixed; boundary=x\n\n"
HTML = b"Content-Type: text/html; charset=utf-8\n"


def _deep(*kinds: bytes, levels: int = 1000) -> bytes:
    return b"".join(
        b"Content-Type: multipart/%b; boundary=b%d\n\n--b%d\n" % (kinds[n % len(kinds)], n, n)
        for n in range(levels)
    )


def _base64(raw: bytes) -> bytes:
    return base64.encodebytes(raw)


BOMBS = {
    "larger than a mail may be": b"Subject: x\n\n" + b"x" * (35 * 2**20),
    "larger, without headers": b"x" * (36 * 2**20),
    "deep parts": _deep(b"mixed"),
    "deep parts, all kinds": _deep(b"mixed", b"related", b"alternative", levels=30),
    "deep signatures": _deep(b"signed", levels=200),
    "deep doubles of a Mac": _deep(b"appledouble", levels=21),
    "deep parts within a file": MIXED + b"--x\n" + _deep(b"mixed", levels=100),
    "many parts": MIXED + b"--x\n\n\n" * 200_000,
    "many parts, no end of line": MIXED + b"--x\r\n\r\n" * 500,
    "many parts, odd boundary": b'Content-Type: multipart/mixed; boundary="\\"x"\n\n'
    + b'--"x\n\n\n' * 200_000,
    "many parts, split boundary": b"Content-Type: multipart/mixed; boundary*0=x; boundary*1=y\n\n"
    + b"--xy\n\n\n" * 200_000,
    "many parts, coded boundary": b"Content-Type: multipart/mixed; boundary*=utf-8''%78\n\n"
    + b"--x\n\n\n" * 999,
    "many parts by carriage returns": MIXED.replace(b"\n", b"\r") + b"--x\r\r\r" * 200_000,
    "many parts, no boundary named": b"Content-Type: multipart/mixed\n\n" + b"--x\n\n\n" * 999,
    "many parts, coded themselves": b"Content-Transfer-Encoding: base64\n"
    + MIXED
    + _base64(b"--x\n\n\n" * 999),
    "many forms of the same": b"Content-Type: multipart/alternative; boundary=x\n\n"
    + b"--x\nContent-Type: text/html\n\n<p>x\n" * 1000,
    "many mails": MIXED + b"--x\nContent-Type: message/rfc822\n\nFrom: a@b.example\n\nx\n" * 1000,
    "many reports": b"Content-Type: multipart/report; boundary=x\n\n"
    + b"--x\nContent-Type: message/delivery-status\n\nAction: failed\n\n" * 500,
    "digest": b"Content-Type: multipart/digest; boundary=x\n\n" + b"--x\n\nFrom: a@b.example\n\n" * 50_000,
    "a boundary in every line": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"a--x\n" * 300_000,
    "a boundary of dashes": b"Content-Type: multipart/mixed; boundary=-\n\n" + b"---\n" * 300_000,
    "headers": b"X: y\n" * 200_000 + b"\n\nx",
    "headers of servers": b"Received: from a by b; Tue, 10 Mar 2026 13:00:00 +0000\n" * 10_000 + b"\nx",
    "one header": b"X: " + b"y" * 2**20 + b"\n\nx",
    "one header, folded": b"X: " + b"y\n " * 100_000 + b"\n\nx",
    "encoded words": b"Subject: " + b"=?utf-8?q?a?=\n " * MANY + b"\n\nx",
    "an encoded word": b"Subject: =?utf-8?b?" + b"QUFB" * MANY + b"?=\n\nx",
    "recipients": b"To: " + b"a@b.example,\n " * MANY + b"\n\nx",
    "ids": b"References: " + b"<a@b.example>\n " * MANY + b"\n\nx",
    "quotes": b"To: " + b'"' * 200_000 + b"\n\nx",
    "comments": b"From: " + b"(" * MANY + b" rose@acme.example\n\nx",
    "addresses": b"From: " + b"a@" * MANY + b"\n\nx",
    "parameters": b"Content-Type: text/plain" + b"".join(b"; name*%d=x" % n for n in range(MANY)) + b"\n\nx",
    "a name of a file": b"Content-Disposition: attachment; filename*=utf-8''" + b"%41" * MANY + b"\n\nx",
    "a key": b"DKIM-Signature: v=1; b=" + b"A" * 300_000 + b"\n\nx",
    "headers of a part": MIXED + b"--x\n" + b"X: y\n" * 100_000 + b"\nx\n--x--\n",
    "a header of a part": MIXED + b"--x\nX: " + b"y" * 100_000 + b"\n\nx\n--x--\n",
    "nested HTML": HTML + b"\n" + b"<div>" * 50_000,
    "nested HTML, closed": HTML + b"\n" + b"<div>" * 40_000 + b"</div>" * 40_000,
    "nested quotations": HTML + b"\n" + b"<blockquote type=cite>" * 3_000,
    "nested tables": HTML + b"\n" + b"<table><tr><td>" * 5_000,
    "nested words": HTML + b"\n" + b"<b><i>" * 50_000 + b"x",
    "nested HTML in base64": HTML + b"Content-Transfer-Encoding: base64\n\n" + _base64(b"<span>" * 50_000),
}

_PROPERTIES = struct.pack("<I", 4_000_000_000) + b"\x1f\x00\x01\x30" * 1000


def _tnef(attribute: int, data: bytes) -> bytes:
    head = struct.pack("<IH", 0x223E9F78, 1)
    return head + struct.pack("<BII", 1, attribute, len(data)) + data + b"\0\0"


HEAVY = {
    "deep mails": b"Content-Type: message/rfc822\n\n" * 2000,
    "a file of 25 MB": MIXED
    + b"--x\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n"
    + _base64(b"x" * 25 * 2**20),
    "a text of 30 MB": b"Subject: x\n\n" + b"word " * 6_000_000,
    "a text of 30 MB in quoted-printable": b"Content-Transfer-Encoding: quoted-printable\n\n"
    + b"=41=\n" * 6_000_000,
    "a table": HTML + b"\n<table>" + b"<tr><td>x" * 50_000,
    "paragraphs": HTML + b"\n" + b"<p>x</p>" * 120_000,
    "attributes": HTML + b"\n" + (b"<a " + b" ".join(b"a%d" % n for n in range(1000)) + b">") * 150,
    "comments in HTML": HTML + b"\n" + b"<!--" * 250_000,
    "open quotes in HTML": HTML + b"\n" + b"<a b='" * 150_000,
    "character references": HTML + b"\n" + b"&#x" * 300_000,
    "verbatim lines": HTML + b"\n" + b"<blockquote>" * 90 + b"<pre>" + b"\n" * 990_000,
    "a picture of 20 MB within": HTML + b'\n<img src="data:image/png;base64,' + b"QUFB" * 5_000_000 + b'">',
    "pictures within": HTML + b"\n" + b'<img src="data:image/png;base64,' * 30_000,
    "long lines": b"From: a@b.example\n\n" + b"On a " * 400_000,
    "lines like attributions": b"Subject: Re: x\n\n" + b"On 10.03.2026 a <a@b.example> wrote:\n" * 30_000,
    "lines like headers": b"Subject: Re: x\n\n" + b"From: a\nSent: 1\n" * 60_000,
    "lines with colons": b"Subject: Re: x\n\n" + b"1:\n" * 330_000,
    "quoted lines": b"Subject: Re: x\n\n" + b"> " * 500 + b">x\n" * 300_000,
    "blank lines": b"Subject: Re: x\n\nx" + b"\n" * 1_000_000 + b"-- \nx",
    "dashes": b"Subject: Re: x\n\n" + b"--\n" * 300_000,
    "uuencoded": b"Subject: x\n\n" + b"begin 644 x\n" + b"M" + b"A" * 60 + b"\n" + b"begin 644 y\n" * 80_000,
    "uuencoded, 20 MB": b"Subject: x\n\nbegin 644 x\n" + (b"M" + b"A" * 60 + b"\n") * 320_000 + b"`\nend\n",
    "escapes": b"Content-Type: text/plain; charset=iso-2022-jp\n\n" + b"\x1b$B$\x22\x1b(B" * 100_000,
    "pieces of base64": b"Content-Transfer-Encoding: base64\n\n" + b"QQ==" * 250_000,
    "lines in two character sets": b"Content-Type: text/plain; charset=utf-8\n\n"
    + b"\xe9\n\xc3\xa9\n" * 150_000,
    "winmail.dat": b"Content-Type: application/ms-tnef\n\n" + _tnef(0x00069003, _PROPERTIES),
    "winmail.dat of many files": b"Content-Type: application/ms-tnef\n\n"
    + _tnef(0, b"")
    + (struct.pack("<BII", 2, 0x00069002, 0) + b"\0\0") * 200_000,
    "a bounce": b"Return-Path: <>\nSubject: failure notice\n\n" + b"a@b.example\n" * 80_000,
}
