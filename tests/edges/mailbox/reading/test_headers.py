"""Names, addresses, subjects and ids are read as mail programs show them."""

import pytest

from guichet.edges.mailbox.reading import Address, parse


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("<a@b.example>", [("", "a@b.example")]),
        ("Ana Sol <a@b.example>", [("Ana Sol", "a@b.example")]),
        ('"Sol, Ana" <a@b.example>, c@d.example', [("Sol, Ana", "a@b.example"), ("", "c@d.example")]),
        ("Sol, Ana <a@b.example>", [("Sol, Ana", "a@b.example")]),
        ("a@b.example (Ana Sol)", [("Ana Sol", "a@b.example")]),
        ("a@b.example <a@b.example>", [("a@b.example", "a@b.example")]),
        ("Ana; <a@b.example>; Bo <c@d.example>;", [("Ana", "a@b.example"), ("Bo", "c@d.example")]),
        ("Team: Ana <a@b.example>, c@d.example;", [("Ana", "a@b.example"), ("", "c@d.example")]),
        ("undisclosed-recipients:;", []),
        ("=?utf-8?q?Ana_=E2=82=AC?= <a@b.example>", [("Ana €", "a@b.example")]),
        ('"=?utf-8?b?QW5h?=" <a@b.example>', [("Ana", "a@b.example")]),
        ("'Ana' <a@b.example>", [("Ana", "a@b.example")]),
        ("Ana \\(x\\) <mailto:a@b.example>", [("Ana \\", "a@b.example")]),
        ("アナ <a@例え.example>", [("アナ", "a@例え.example")]),
        ("Ana <a@b.example", [("Ana", "a@b.example")]),
        ("nobody", []),
        ("", []),
    ],
)
def test_people(value: str, people: list[tuple[str, str]]) -> None:
    mail = parse(f"To: {value}\nCc: {value}\nReply-To: {value}\n\n".encode())
    assert mail.to == mail.cc == mail.reply_to == tuple(Address(*one) for one in people)


def test_no_more_people_than_fifty_are_read() -> None:
    many = ", ".join(f"a{number}@b.example" for number in range(200))
    assert len(parse(f"To: {many}\n\n".encode()).to) == 50


@pytest.mark.parametrize(
    ("value", "author", "sender"),
    [
        ("Ana <a@b.example>", ("Ana", "a@b.example"), "a@b.example"),
        ("a@b.example <A@B.example>", ("a@b.example", "A@B.example"), "A@B.example"),
        ("a@b.example, c@d.example", ("", "a@b.example"), ""),
        ("a@b.example <c@d.example>", ("a@b.example", "c@d.example"), ""),
        ("a@b.example\nFrom: c@d.example", ("", "a@b.example"), ""),
        ("nobody\nSender: a@b.example", ("", "a@b.example"), ""),
    ],
)
def test_whom_a_program_shows_and_who_it_is(value: str, author: tuple[str, str], sender: str) -> None:
    mail = parse(f"From: {value}\n\n".encode())
    assert (mail.author, mail.sender) == (Address(*author), sender)


@pytest.mark.parametrize(
    ("value", "subject"),
    [
        (b"plain", "plain"),
        (b"=?utf-8?Q?caf=C3=A9_au_lait?=", "café au lait"),
        (b"=?UTF-8?B?w6k=?= =?UTF-8?B?w6k=?=", "éé"),
        (b"=?utf-8?b?4oI=?=\r\n =?utf-8?b?rA==?=", "€"),  # one sign cut in two
        (b"Re: =?iso-8859-1*fr?q?=E9t=E9?=", "Re: été"),
        (b"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?=", "日本"),
        (b"\x1b$BF|K\\\x1b(B", "日本"),
        ("déjà".encode(), "déjà"),
        ("déjà".encode("cp1252"), "déjà"),
        (b"=?utf-8?q?a b c?=", "a b c"),
        (b"=?utf-8?x?abc?= =?broken", "=?utf-8?x?abc?= =?broken"),
        (b"folded\r\n\tover lines", "folded over lines"),
        (b"a\x00b\x07c", "abc"),
    ],
)
def test_subjects(value: bytes, subject: str) -> None:
    assert parse(b"Subject: " + value + b"\r\n\r\n").subject == subject


def test_ids_and_dates() -> None:
    mail = parse(
        b"Message-ID: <a@b.example>\nIn-Reply-To: Your mail of today <c@d.example>\n"
        b"References: <e@f.example> <g@h.example>\n <c@d.example>\nDate: 10 Mar 2026 13:00:00 GMT\n\n"
    )
    assert (mail.mail_id, mail.in_reply_to) == ("<a@b.example>", "<c@d.example>")
    assert mail.references == ("<e@f.example>", "<g@h.example>", "<c@d.example>")
    assert str(mail.date) == "2026-03-10 13:00:00+00:00"
    assert parse(b"Message-ID: a@b.example\n\n").mail_id == "<a@b.example>"
    many = b" ".join(b"<%d@b.example>" % number for number in range(500))
    references = parse(b"References: " + many + b"\n\n").references
    assert (len(references), references[0], references[-1]) == (100, "<0@b.example>", "<499@b.example>")


def test_what_is_below_the_headers_is_none() -> None:
    """Neither for us nor for the mail server that checked the sender."""
    mail = parse(
        b"To: a@b.example\nthis is no header\nFrom: boss@acme.example\n"
        b"Authentication-Results: ours; dmarc=pass\n\nx"
    )
    assert (mail.sender, mail.authentication) == ("", ())
    assert mail.text.startswith("this is no header\nFrom: boss")
