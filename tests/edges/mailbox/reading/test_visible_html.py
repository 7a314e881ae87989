"""The HTML that is shown is the part that says what somebody wrote, where that can be told."""

import pytest

from guichet.edges.mailbox.reading import Mail, parse

OURS = "<p>##- Please write your answer above this line -##</p><p>Hello Rose,</p><p>Which browser?</p>"
HEADERS = "From: rose@acme.example\nTo: support@vendor.example\nSubject: Re: [#42]\nIn-Reply-To: <a@b>\n"


def read(html: str, headers: str = HEADERS) -> Mail:
    return parse(f"{headers}Content-Type: text/html; charset=utf-8\n\n{html}".encode())


@pytest.mark.parametrize(
    "below",
    [
        f'<div class="gmail_quote"><div class="gmail_attr">Ar an 10/03/2026 scríobh V:</div>{OURS}</div>',
        f'<div id="yahoo_quoted_12"><div>Tá sé scríofa:</div>{OURS}</div>',
        f'<div class="moz-cite-prefix">Scríobh Vendor:</div><blockquote type="cite">{OURS}</blockquote>',
        f'<blockquote type="cite"><div>Scríobh Vendor:</div>{OURS}</blockquote>',
        f'<div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Ó:</b> Vendor</div>{OURS}',
        f'<div id="x_x_divRplyFwdMsg"><b>Ó:</b> Vendor</div>{OURS}',
        f'<div id="mail-editor-reference-message-container"><b>Ó:</b> Vendor{OURS}</div>',
        f'<div class="protonmail_quote">V:<blockquote class="protonmail_quote">{OURS}</blockquote></div>',
        f'<hr id="zwchr"><b>Ó:</b> Vendor{OURS}',
        f'<div name="quote"><b>Ó:</b> Vendor{OURS}</div>',
        OURS,
    ],
)
def test_what_programs_mark_as_quoted_is_cut_in_any_language(below: str) -> None:
    mail = read(f"<div>It <b>works</b>.</div><div>Thanks 👍</div><br>{below}")
    assert mail.visible == "It works.\nThanks 👍"
    assert mail.html_visible == "<div>It <b>works</b>.</div><div>Thanks 👍</div>"
    assert "Which browser?" in mail.text
    assert "Which browser?" in mail.html


def test_a_picture_among_the_words_is_kept_and_one_in_the_quotation_is_not() -> None:
    mail = read(
        '<p>See:</p><img src="cid:mine@x"><blockquote type="cite"><p>On 10.03.2026 Vendor wrote:</p>'
        '<img src="cid:theirs@x"></blockquote>'
    )
    assert mail.html_visible == '<p>See:</p><img src="cid:mine@x">'


def test_an_answer_below_is_shown_alone() -> None:
    mail = read(f'<blockquote type="cite">{OURS}</blockquote><p>It works.</p>')
    assert (mail.visible, mail.html_visible) == ("It works.", "<p>It works.</p>")


def test_signatures_and_footers_go_from_both() -> None:
    mail = read("<p>It works.</p><div>-- <br>Rose</div>")
    assert (mail.visible, mail.html_visible) == ("It works.", "<p>It works.</p>")
    mail = read('<div>It works.</div><br><div dir="ltr">Sent from my iPhone</div>')
    assert (mail.visible, mail.html_visible) == ("It works.", "<div>It works.</div>")


@pytest.mark.parametrize(
    "html",
    [
        '<p>Above.</p><blockquote type="cite"><p>Which?</p></blockquote><p>This one.</p>',
        "<blockquote type=cite>Which?</blockquote><p>One.</p><blockquote type=cite>And?</blockquote>Two.",
        "<p>See my answers in red.</p><div id=divRplyFwdMsg><b>From:</b> V</div><p>Which? <i>One.</i></p>",
        'FYI<div class="gmail_quote">---------- Forwarded message ---------<br>From: Bob<br>Pay!</div>',
    ],
)
def test_who_writes_between_or_passes_on_is_shown_whole(html: str) -> None:
    mail = read(html)
    assert (mail.visible, mail.html_visible) == (mail.text, mail.html)


def test_what_outlook_passes_on_is_shown_whole() -> None:
    html = (
        '<p>FYI</p><div id="divRplyFwdMsg"><b>From:</b> Bob<br><b>Sent:</b>'
        " 10.03.2026<br><b>Subject:</b> x</div>Pay!"
    )
    for subject in ("Fwd: Invoice", "WG: Invoice", "TR : Invoice"):
        mail = read(html, f"Subject: {subject}\nReferences: <a@b>\n")
        assert mail.visible == mail.text
    assert read(html, "Subject: Invoice\n").visible.endswith("Pay!")  # pasted into a new mail
    assert read(html).visible == "FYI"


def test_the_html_of_another_text_is_not_shown() -> None:
    mail = parse(
        b"Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nThe words.\n"
        b"--x\nContent-Type: text/html\n\n<p>Other words.</p>\n--x--\n"
    )
    assert (mail.visible, mail.html, mail.html_visible) == ("The words.", "<p>Other words.</p>", "")


def test_what_is_shown_is_clean() -> None:
    mail = read('<p onclick="x()">It works.<script>x()</script><img src="https://evil.example/p.gif"></p>')
    assert mail.html_visible == mail.html == "<p>It works.<img></p>"


@pytest.mark.parametrize(
    ("own", "shown"),
    [
        ('<img src="cid:a@x">', '<img src="cid:a@x">'),
        (
            '<img src="cid:a@x"><br><br>Sent from my iPhone<br>',
            '<img src="cid:a@x"><br><br>Sent from my iPhone<br>',
        ),
        ("", ""),
    ],
)
def test_who_sends_files_without_words_has_written_nothing(own: str, shown: str) -> None:
    html = f'{own}<blockquote type="cite">On 10.03.2026 Vendor wrote:<br>{OURS}</blockquote>'
    picture = "--x\nContent-Type: image/png\nContent-ID: <a@x>\n\n\x89PNG\n--x--\n"
    words = f"--x\nContent-Type: text/html; charset=utf-8\n\n{html}\n"
    mail = parse(f"{HEADERS}Content-Type: multipart/related; boundary=x\n\n{words}{picture}".encode())
    assert (mail.visible, mail.html_visible) == ("", shown)
    assert "Which browser?" in mail.text


def test_who_may_have_written_below_what_is_not_marked_is_shown_whole() -> None:
    head = "<b>From:</b> V<br><b>Sent:</b> 10.03.2026<br><b>Subject:</b> x"
    html = f'<div id="divRplyFwdMsg">{head}</div>{OURS}<p>It works.</p>'
    picture = "--x\nContent-Type: image/png\n\n\x89PNG\n--x--\n"
    words = f"--x\nContent-Type: text/html; charset=utf-8\n\n{html}\n"
    mail = parse(f"{HEADERS}Content-Type: multipart/mixed; boundary=x\n\n{words}{picture}".encode())
    assert (mail.visible, mail.html_visible) == (mail.text, mail.html)
