"""Where people write: between, above and below what is quoted, or above what they pass on; and with files."""

from .case import LETTER, Case, Specimen, in_html, marked, specimen
from .desktop import PNG
from .webmail import block, labels_of
from .wire import ANSWERS, file, mail, part, several


def interleaved(case: Case) -> Specimen:
    """Answers between the lines are shown with the lines."""
    attribution = case.introduction("thunderbird")
    first, *others = case.own
    text = f"{attribution}\n{marked(LETTER[1].split(chr(10)))}\n\n{first}\n\n{marked([LETTER[2]])}\n\n"
    text += "\n\n".join(others or [case.own[0]])
    signature = f"\n\n-- \n{case.word('name')}" if case.number % 2 else ""
    raw = mail(case, part(f"{text}{signature}\n"), *ANSWERS)
    return specimen("between the lines", case, raw, text)


def above_and_below(case: Case) -> Specimen:
    attribution = case.introduction("gmail")
    below = "Siehe auch hier." if case.language == "de" else "And one more thing."
    text = f"{case.text}\n\n{attribution}\n\n{marked(case.quoted)}\n\n{below}"
    own = (*case.own, below)
    return specimen("above and below", case, mail(case, part(text, encoding="base64"), *ANSWERS), text, own)


def forwarded_gmail(case: Case) -> Specimen:
    words = {"fr": "Forwarded message", "de": "Forwarded message", "ja": "Forwarded message"}
    title = words.get(case.language, "Forwarded message")
    passed = (
        f"---------- {title} ---------\nFrom: Bob <bob@other.example>\nDate: Mon, Mar 9, 2026 at 9:00 AM\n"
    )
    passed += "Subject: Invoice\nTo: Rose <rose@acme.example>\n\n\nPlease pay this.\n\n-- \nBob"
    text = f"{case.text}\n\n{passed}"
    html = (
        f'<div dir="ltr">{in_html(case.text)}<br><br><div class="gmail_quote">'
        '<div dir="ltr" class="gmail_attr">'
        f"{in_html(passed)}</div></div></div>"
    )
    body = several("alternative", [part(text), part(html, "text/html")], "0001")
    return specimen("passed on by Gmail", case, mail(case, body, subject="Fwd: Invoice"), text)


def forwarded_outlook(case: Case) -> Specimen:
    """Only the subject tells it from an answer."""
    prefix = {"de": "WG", "fr": "TR", "es": "RV", "it": "I", "sv": "VB", "pl": "PD", "tr": "İLT", "ja": "FW"}
    text = f"{case.text}\n\n{block(labels_of(case))}\n\nPlease pay this.\n\nBob"
    raw = mail(case, part(text, encoding="base64"), subject=f"{prefix.get(case.language, 'FW')}: Invoice")
    return specimen("passed on by Outlook", case, raw, text)


def forwarded_apple(case: Case) -> Specimen:
    passed = (
        "From: Bob <bob@other.example>\nSubject: Invoice\nDate: 9 March 2026 at 09:00\nTo: rose@acme.example"
    )
    passed = marked([*passed.split("\n"), "", "Please pay this."])
    text = f"{case.text}\n\nBegin forwarded message:\n\n{passed}"
    return specimen("passed on by Apple", case, mail(case, part(text), subject="Fwd: Invoice"), text)


def new_request(case: Case) -> Specimen:
    """Nothing is quoted; there is a signature, and a file."""
    signature = f"-- \n{case.word('name')} | Acme Ltd.\n12 Quay Street, Bristol\nTel. +44 20 7946 0000"
    words = part(f"{case.text}\n\n{signature}\n", encoding="quoted-printable")
    body = several("mixed", [words, file("screen.png", "image/png", PNG)], "new-1")
    return specimen("new", case, mail(case, body, subject="The export stays empty"))


def phone_without_quotation(case: Case) -> Specimen:
    text = f"{case.text}\n\n{case.word('iphone')}\n"
    return specimen("phone", case, mail(case, part(text, encoding="base64"), *ANSWERS))


def inline_picture(case: Case) -> Specimen:
    """A picture among the words, in HTML alone."""
    html = (
        f'<html><body><p>{in_html(case.own[0])}</p><img src="cid:ii_1" alt="screen">'
        f"<p>{in_html(case.own[-1])}</p></body></html>"
    )
    picture = file("screen.png", "image/png", PNG, inline="ii_1", disposition="inline")
    body = several("related", [part(html, "text/html"), picture], "rel-1")
    seen = f"{case.own[0]}\n\n{case.own[-1]}"
    return specimen("picture", case, mail(case, body, *ANSWERS), seen, (case.own[0], case.own[-1]))


def html_table(case: Case) -> Specimen:
    """HTML alone, with a list, a table and a link."""
    html = (
        f"<div>{in_html(case.own[0])}</div><ul><li>one</li><li>two</li></ul><table><tr><td>Host</td><td>Load</td></tr>"
        '<tr><td>db</td><td>0.9</td></tr></table><div>See <a href="https://acme.example/log">'
        "the log</a>.</div>"
    )
    seen = f"{case.own[0]}\n\n* one\n* two\n\nHost  Load\ndb    0.9\nSee the log <https://acme.example/log>."
    return specimen("HTML", case, mail(case, part(html, "text/html"), *ANSWERS), seen, (case.own[0],))
