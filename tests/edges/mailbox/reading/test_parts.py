"""Mails are built of parts in many ways; each ends with one text, one HTML, and its files."""

import base64

import pytest

from guichet.edges.mailbox.reading import Mail, Security, parse

PNG = b"\x89PNG\r\n\x1a\n"
PLAIN = b"Content-Type: text/plain\n\nThe words.\n"
HTML = b"Content-Type: text/html\n\n<p>The <b>words</b>.</p>\n"
IMAGE = (
    b"Content-Type: image/png; name=a.png\nContent-ID: <a@x>\nContent-Disposition: inline; filename=a.png\n"
    b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(PNG)
)
SHOWS = HTML.replace(b"</p>", b'<img src="cid:a@x"></p>')
PDF = b"Content-Type: application/pdf; name=r.pdf\nContent-Disposition: attachment; filename=r.pdf\n\n%PDF\n"


def nest(kind: bytes, *parts: bytes, more: bytes = b"") -> bytes:
    mark = b"=_" + kind + b"%d" % len(parts)
    head = b'Content-Type: multipart/%b%b; boundary="%b"\n\n' % (kind, more, mark)
    return head + b"".join(b"--%b\n%b\n" % (mark, part) for part in parts) + b"--%b--\n" % mark


def files(mail: Mail) -> list[tuple[str, str, bool]]:
    return [(file.name, file.media_type, file.inline) for file in mail.files]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (PLAIN, []),
        (HTML, []),
        (nest(b"alternative", PLAIN, HTML), []),
        (nest(b"mixed", PLAIN, PDF), ["r.pdf"]),
        (nest(b"mixed", nest(b"alternative", PLAIN, HTML), PDF), ["r.pdf"]),
        (nest(b"alternative", PLAIN, nest(b"related", SHOWS, IMAGE)), ["a.png"]),
        (nest(b"related", nest(b"alternative", PLAIN, SHOWS), IMAGE), ["a.png"]),
        (
            nest(b"mixed", nest(b"related", nest(b"alternative", PLAIN, SHOWS), IMAGE), PDF),
            ["a.png", "r.pdf"],
        ),
        (nest(b"alternative", PLAIN, nest(b"mixed", HTML, PDF)), ["r.pdf"]),  # Apple Mail
        (nest(b"signed", nest(b"mixed", PLAIN, PDF)), ["r.pdf"]),
        (nest(b"mixed", PDF, PLAIN), ["r.pdf"]),
        (nest(b"x-unknown", PLAIN, PDF), ["r.pdf"]),
        (nest(b"alternative", b"Content-Type: text/plain\n\n \n", HTML), []),
        (nest(b"alternative", PLAIN, HTML, b"Content-Type: text/x-amp-html\n\n<html amp>"), []),
        (nest(b"mixed", PLAIN, b"Content-Type: text/plain\n\n\n"), []),
    ],
)
def test_the_words_and_the_files_are_found(body: bytes, names: list[str]) -> None:
    mail = parse(b"MIME-Version: 1.0\n" + body)
    assert (mail.text, mail.visible) == ("The words.", "The words.")
    assert [file.name for file in mail.files] == names
    assert parse(b"MIME-Version: 1.0\r\n" + body.replace(b"\n", b"\r\n")) == parse(
        (b"MIME-Version: 1.0\r\n" + body).replace(b"\n", b"\r\n").replace(b"\r\r", b"\r")
    )


def test_words_that_follow_each_other_are_joined() -> None:
    mail = parse(nest(b"mixed", PLAIN, IMAGE, HTML, b"Content-Type: text/plain\n\nA footer.\n"))
    assert mail.text == "The words.\n\nThe words.\n\nA footer."
    assert mail.html == "<p>The words.</p>\n<p>The <b>words</b>.</p>\n\n<p>A footer.</p>"


def test_images_within_the_html_are_inline() -> None:
    mail = parse(
        nest(b"related", SHOWS, IMAGE, IMAGE.replace(b"a@x", b"b@x").replace(b"inline;", b"attachment;"))
    )
    assert mail.html == '<p>The <b>words</b>.<img src="cid:a@x"></p>\n'
    assert [(file.content_id, file.inline, file.content) for file in mail.files] == [
        ("a@x", True, PNG),
        ("b@x", False, PNG),
    ]


def test_images_that_lie_in_the_html_become_files() -> None:
    picture = base64.b64encode(PNG * 10)
    mail = parse(b'Content-Type: text/html\n\n<p>See</p><img src="data:image/png;base64,' + picture + b'">')
    assert mail.html == '<p>See</p><img src="cid:image-1.within">'
    assert [(file.name, file.inline, file.content) for file in mail.files] == [
        ("image-1.png", True, PNG * 10)
    ]


def test_a_text_that_only_points_to_the_html_is_none() -> None:
    html = b"Content-Type: text/html\n\n" + b"<p>A long letter, with much to say about many things.</p>" * 9
    mail = parse(nest(b"alternative", b"Content-Type: text/plain\n\nYour program shows no HTML.\n", html))
    assert mail.text.startswith("A long letter")


@pytest.mark.parametrize(
    ("headers", "name"),
    [
        (b"Content-Disposition: attachment; filename=plain.txt", "plain.txt"),
        (b'Content-Disposition: attachment; filename="with blanks.txt"', "with blanks.txt"),
        (b"Content-Disposition: attachment; filename=with blanks.txt; size=3", "with blanks.txt"),
        (b"Content-Disposition: attachment; filename*=utf-8''%E2%82%AC.txt", "€.txt"),
        (b"Content-Disposition: attachment; filename*=iso-8859-1'fr'%E9t%E9.txt", "été.txt"),
        (b"Content-Disposition: attachment; filename=x; filename*=utf-8''%E2%82%AC.txt", "€.txt"),
        (
            b"Content-Disposition: attachment; filename*0*=utf-8''%E2%82; filename*1*=%AC; filename*2=.txt",
            "€.txt",
        ),
        (b'Content-Disposition: attachment;\n filename*1="b.txt";\n filename*0="a"', "ab.txt"),
        (b'Content-Disposition: attachment; filename="=?utf-8?b?4oKsLnR4dA==?="', "€.txt"),
        (b"Content-Disposition: attachment; filename==?utf-8?q?=E2=82=AC.txt?=", "€.txt"),
        ('Content-Disposition: attachment; filename="€.txt"'.encode(), "€.txt"),
        (b"Content-Type: application/x; name=typed.txt", "typed.txt"),
        (b'Content-Disposition: attachment; filename="a\\"b.txt"', 'a"b.txt'),
        (b'Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        (b'Content-Disposition: attachment; filename="C:\\\\temp\\\\log.txt"', "log.txt"),
        (b'Content-Disposition: attachment; filename=""', "attachment.txt"),
        (b'Content-Disposition: attachment; filename="never closed.txt', "never closed.txt"),
        (b"Content-Type: image/png", "attachment.png"),
        (b"Content-Type: text/calendar; method=REQUEST", "invite.ics"),
        (b"Content-Type: message/rfc822", "message.eml"),
    ],
)
def test_names_of_files(headers: bytes, name: str) -> None:
    part = headers if b"Content-Type" in headers else headers + b"\nContent-Type: text/plain"
    mail = parse(nest(b"mixed", PLAIN, part + b"\n\ncontent\n"))
    assert [file.name for file in mail.files] == [name]


def test_what_is_passed_on_and_asked_stays_whole() -> None:
    within = b"From: a@b.example\nSubject: =?utf-8?q?caf=C3=A9?=\n\n" + nest(b"mixed", PDF)
    invitation = b"Content-Type: text/calendar; method=REQUEST; charset=utf-8\n\nBEGIN:VCALENDAR\n"
    mail = parse(
        nest(
            b"mixed",
            nest(b"alternative", PLAIN, HTML, invitation),
            b"Content-Type: message/rfc822\n\n" + within,
        )
    )
    assert files(mail) == [("invite.ics", "text/calendar", False), ("café.eml", "message/rfc822", False)]
    assert mail.files[1].content.rstrip() == within.rstrip()
    assert mail.text == "The words."


SIGNATURE = b"Content-Type: application/pkcs7-signature; name=smime.p7s\n\nMIIB\n"
ARMOURED = b"Content-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n"


@pytest.mark.parametrize(
    ("body", "security", "names", "text"),
    [
        (
            nest(b"signed", PLAIN, SIGNATURE, more=b"; protocol=application/pkcs7-signature"),
            *(Security.SMIME_SIGNED, ["smime.p7s"], "The words."),
        ),
        (
            nest(b"signed", PLAIN, ARMOURED, more=b"; protocol=application/pgp-signature"),
            *(Security.PGP_SIGNED, ["signature.asc"], "The words."),
        ),
        (
            b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nMIIB",
            *(Security.SMIME_ENCRYPTED, ["smime.p7m"], ""),
        ),
        (
            b"Content-Type: application/x-pkcs7-mime; smime-type=signed-data\n\nMIIB",
            *(Security.SMIME_SIGNED, ["smime.p7m"], ""),
        ),
        (
            nest(
                b"encrypted",
                b"Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
                b"Content-Type: application/octet-stream; name=encrypted.asc\n"
                b"\n-----BEGIN PGP MESSAGE-----\n",
                more=b"; protocol=application/pgp-encrypted",
            ),
            *(Security.PGP_ENCRYPTED, ["attachment.asc", "encrypted.asc"], ""),
        ),
        (b"Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\nx", Security.PGP_ENCRYPTED, [], None),
        (PLAIN, Security.NONE, [], "The words."),
    ],
)
def test_signed_and_encrypted_mails_are_named_and_left_alone(
    body: bytes, security: Security, names: list[str], text: str | None
) -> None:
    mail = parse(body)
    assert (mail.security, [file.name for file in mail.files]) == (security, names)
    assert text is None or mail.text == text


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (b"Content-Type: multipart/mixed\n\n--x\n\nfound\n--x--\n", "found"),  # names no boundary
        (b"Content-Type: multipart/mixed; boundary=y\n\nno boundary here\n", "no boundary here"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--x\n\ncut off", "cut off"),
        (b"Content-Type: multipart/mixed; boundary=x\n\nbefore\n--x\n\nwords\n--x--\nafter", "words"),
        (b"Content-Type: multipart/mixed; boundary=x\n\n--xy\n\nno\n--x  \n\nyes\n--x--", "yes"),
        (b"Content-Type: text\n\nwords", "words"),
        (b"Content-Type: garbage\n\nwords", ""),
        (b"Content-Type: text/plain (words); charset=us-ascii (Plain)\n\nwords", "words"),
        (b"words without any header", "words without any header"),
        (b"\n\nwords", "words"),
    ],
)
def test_what_is_built_wrongly_is_read_all_the_same(body: bytes, text: str) -> None:
    assert parse(body).text == text
