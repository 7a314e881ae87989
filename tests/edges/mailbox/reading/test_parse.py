"""Any bytes can be read, and mails are read as their senders meant them."""

import random

import pytest

from guichet.edges.mailbox.reading import Automatic, parse
from tests.edges.mailbox.reading.bombs import BOMBS
from tests.edges.mailbox.reading.killers import KILLERS


def test_a_mail_as_people_send_it() -> None:
    mail = parse(
        b"From: =?utf-8?q?Rose_Requ=C3=AAter?= <rose@acme.example>\r\n"
        b'To: "Support, Vendor" <reply+1.2.abc@vendor.example>, other@vendor.example\r\n'
        b"Cc: third@vendor.example\r\n"
        b"Subject: =?iso-2022-jp?B?GyRCJSglLyU5JV0hPCVIGyhC?=\r\n =?utf-8?Q?_=E2=82=AC?=\r\n"
        b"Date: Tue, 10 Mar 2026 13:00:00 +0100\r\n"
        b"Message-ID: <a@acme.example>\r\n"
        b"In-Reply-To: <b@vendor.example>\r\n"
        b"References: <c@vendor.example>\r\n <b@vendor.example>\r\n"
        b"Content-Type: text/plain; charset=iso-8859-1\r\n"
        b"Content-Transfer-Encoding: quoted-printable\r\n"
        b"\r\n"
        b"D=E9j=E0 vu =\r\nencore\r\n"
    )
    assert (mail.sender_name, mail.sender) == ("Rose Requêter", "rose@acme.example")
    assert mail.recipients == (
        "reply+1.2.abc@vendor.example",
        "other@vendor.example",
        "third@vendor.example",
    )
    assert mail.subject == "エクスポート €"
    assert str(mail.date) == "2026-03-10 12:00:00+00:00"
    assert (mail.mail_id, mail.in_reply_to) == ("<a@acme.example>", "<b@vendor.example>")
    assert mail.references == ("<c@vendor.example>", "<b@vendor.example>")
    assert mail.text == "Déjà vu encore"
    assert (mail.automatic, mail.refused, mail.files) == (Automatic.NO, "", ())


def test_html_alone_becomes_text_and_the_mail_within_is_a_file() -> None:
    mail = parse(
        b"From: a@b.example\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
        b"--x\nContent-Type: text/html; charset=utf-8\n\n<p>One</p><p>Two</p>\n"
        b"--x\nContent-Type: message/rfc822\n\nFrom: c@d.example\nSubject: within\n\nnot his words\n"
        b"--x--\n"
    )
    assert mail.text.split() == ["One", "Two"]
    assert [(file.name, file.media_type) for file in mail.files] == [("within.eml", "message/rfc822")]
    assert b"not his words" in mail.files[0].content


@pytest.mark.parametrize(
    ("label", "content", "text"),
    [
        ("utf-8", "naïve €".encode(), "naïve €"),
        ("ascii", "naïve €".encode(), "naïve €"),
        ("no-such-charset", "naïve €".encode(), "naïve €"),
        ("zip", "naïve €".encode(), "naïve €"),
        ("utf-7", b"+ADw-script+AD4-", "+ADw-script+AD4-"),
        ("windows-1252", b"na\xefve \x80", "naïve €"),
        ("utf-8", b"na\xefve", "naïve"),
        ("iso-2022-jp", "日本語".encode("iso-2022-jp"), "日本語"),
        ("gb18030", "简体".encode("gb18030"), "简体"),
        ("koi8-r", "Привет".encode("koi8-r"), "Привет"),
        ("shift_jis", "日本語".encode("shift_jis"), "日本語"),
    ],
)
def test_charsets_as_they_are_labelled(label: str, content: bytes, text: str) -> None:
    head = f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\n"
    assert parse(head.encode() + content).text == text


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        (b"From: rose@acme.example", Automatic.NO),
        (b"From: rose@acme.example\nAuto-Submitted: no", Automatic.NO),
        (b"From: rose@acme.example\nAuto-Submitted: auto-replied", Automatic.REPLY),
        (b"From: rose@acme.example\nAuto-Submitted: auto-generated; x=y", Automatic.NOTIFICATION),
        (b"From: rose@acme.example\nPrecedence: auto_reply", Automatic.REPLY),
        (b"From: rose@acme.example\nList-Id: <x>", Automatic.LIST),
        (b"From: no-reply@acme.example", Automatic.NOTIFICATION),
        (b"From: noreply+123@acme.example", Automatic.NOTIFICATION),
        (b"From: MAILER-DAEMON@acme.example", Automatic.NOTIFICATION),
        (b"From: nora@acme.example", Automatic.NO),
        (b"Return-Path: <>\nFrom: x@acme.example", Automatic.BOUNCE),
        (b"Content-Type: multipart/report; boundary=x\nFrom: x@acme.example", Automatic.BOUNCE),
        (b"Content-Type: multipart/report; report-type=disposition-notification", Automatic.NOTIFICATION),
        (b"From: x@acme.example\nX-Failed-Recipients: rose@acme.example", Automatic.BOUNCE),
        # people who are away, as RFC 3834 and Exchange say so
        (b"Return-Path: <>\nAuto-Submitted: auto-replied (vacation)", Automatic.REPLY),
        (b"Auto-Submitted: auto-generated\nSubject: Automatic reply: Hello", Automatic.REPLY),
        (b"Return-Path: <>\nSubject: Abwesenheitsnotiz: Hallo", Automatic.REPLY),
        (
            b"X-Auto-Response-Suppress: All\nSubject: =?utf-8?q?R=C3=A9ponse?= automatique : x",
            Automatic.REPLY,
        ),
        (b"X-Autoreply: yes", Automatic.REPLY),
        (b"Subject: Automatic reply does not work\nFrom: rose@acme.example", Automatic.NO),
        # those who write to many
        (b"Precedence: bulk", Automatic.LIST),
        (b"List-Unsubscribe: <mailto:x@y.example>", Automatic.LIST),
        (b"List-Unsubscribe: <mailto:x@y.example>\nIn-Reply-To: <a@b.example>", Automatic.NO),
        # other desks
        (b"X-OTRS-Loop: x", Automatic.NOTIFICATION),
    ],
)
def test_machines_are_known(headers: bytes, kind: Automatic) -> None:
    assert parse(headers + b"\n\nwords").automatic is kind


@pytest.mark.parametrize("raw", KILLERS, ids=lambda raw: repr(raw[:40]))
def test_known_killers_are_read(raw: bytes) -> None:
    assert parse(raw).refused == ""


def test_sixty_killers_are_known() -> None:
    assert len(set(KILLERS)) >= 60


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"x" * (35 * 2**20 + 1), "larger than"),
        (b"X: " + b"y\n " * 100_000 + b"\n\n", "bytes of headers"),
        (b"X: " + b"y" * 17_000 + b"\n\n", "a header of more than"),
        (BOMBS["many parts"], "more than 100 parts"),
        (BOMBS["deep parts"], "parts within parts, more than 20 deep"),
    ],
)
def test_what_is_beyond_the_limits_is_refused_with_the_reason(raw: bytes, why: str) -> None:
    assert why in parse(raw).refused


def test_any_bytes_can_be_read() -> None:
    """Mails taken apart and put together wrongly, the same at every run."""
    chance = random.Random(4821)
    pieces = [line for killer in KILLERS for line in killer[:300].splitlines(keepends=True)]
    for _mail in range(3000):
        parts = chance.choices(pieces, k=chance.randint(1, 25))
        for _flaw in range(chance.randint(0, 3)):
            parts.insert(chance.randrange(len(parts)), chance.randbytes(chance.randint(1, 8)))
        parse(b"".join(parts))
