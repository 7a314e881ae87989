"""Programs that run in a browser."""

from textwrap import wrap

from .case import Case, Specimen, in_html, marked, specimen
from .wire import ANSWERS, mail, part, several

_CJK = ("ja", "zh", "ko")


def encoding_of(case: Case) -> str:
    return "base64" if case.language in (*_CJK, "ru") else "quoted-printable"


def paragraphs_in_html(case: Case, tag: str = "div") -> str:
    blank = f"<{tag}><br></{tag}>"
    lines = ["".join(f"<{tag}>{in_html(line)}</{tag}>" for line in one.split("\n")) for one in case.own]
    return blank.join(lines)


def letter_in_html(case: Case) -> str:
    return "<br><br>".join(in_html(one) for one in case.letter)


def gmail(case: Case) -> Specimen:
    """Gmail breaks lines at 76 signs, its attribution among them."""
    attribution = case.introduction("gmail")
    text = (
        "\n\n".join("\n".join(_wrapped(line) for line in one.split("\n")) for one in case.own)
        + f"\n\n{_wrapped(attribution)}\n\n{marked(case.quoted)}\n"
    )
    linked = in_html(attribution).replace(
        case.address, f'<a href="mailto:{case.address}" target="_blank">{case.address}</a>'
    )
    html = (
        f'<div dir="ltr">{paragraphs_in_html(case)}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">{linked}<br></div><blockquote '
        'class="gmail_quote" style="margin:0px'
        ' 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">'
        f"{letter_in_html(case)}</blockquote></div>\n"
    )
    body = several(
        "alternative",
        [
            part(text, encoding=encoding_of(case), charset="UTF-8"),
            part(html, "text/html", encoding=encoding_of(case), charset="UTF-8"),
        ],
        "000000000000a1b2c3",
    )
    seen = "\n\n".join("\n".join(_wrapped(line) for line in one.split("\n")) for one in case.own)
    return specimen("Gmail", case, mail(case, body, *ANSWERS), seen)


def _wrapped(line: str) -> str:
    return (
        "\n".join(wrap(line, 76, break_long_words=False, break_on_hyphens=False)) if line.isascii() else line
    )


def outlook_web(case: Case) -> Specimen:
    """Outlook in the browser draws a line, and marks where its quotation begins."""
    labels = labels_of(case)
    text = f"{case.text}\n{'_' * 32}\n{block(labels)}\n\n{chr(10).join(case.quoted)}\n"
    bold = "<br>".join(f"<b>{label}</b>&nbsp;{in_html(value)}" for label, value in labels)
    html = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; '
        'charset=utf-8"></head><body dir="ltr">'
        + "".join(
            f'<div class="elementToProof" style="color: rgb(0, 0, 0);">{_br(one)}</div><div><br></div>'
            for one in case.own
        )
        + '<div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">'
        '<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif" '
        f'style="font-size:11pt" color="#000000">{bold}'
        f"</font><div>&nbsp;</div></div><div>{letter_in_html(case)}</div></body></html>"
    )
    body = several(
        "alternative",
        [
            part(text, encoding=encoding_of(case), charset='"utf-8"'.strip('"')),
            part(html, "text/html", encoding=encoding_of(case)),
        ],
        "_000_AM0PR01MB1234",
    )
    return specimen("Outlook on the web", case, mail(case, body, *ANSWERS))


def _br(words: str) -> str:
    return in_html(words)


def labels_of(case: Case) -> list[tuple[str, str]]:
    sender, sent, to, subject, pattern = case.said("outlook")
    colon = " :" if case.language == "fr" else ":"
    return [
        (f"{sender}{colon}", f"{case.vendor} <{case.address}>"),
        (f"{sent}{colon}", case.date(pattern)),
        (f"{to}{colon}", f"{case.word('name')} <rose@acme.example>"),
        (f"{subject}{colon}", "[#42] The export stays empty"),
    ]


def block(labels: list[tuple[str, str]]) -> str:
    return "\n".join(f"{label} {value}" for label, value in labels)


def yahoo(case: Case) -> Specimen:
    """Yahoo marks no line of what it quotes, and puts blanks before it."""
    when = case.at.strftime("On %A, %B %-d, %Y at %I:%M:%S %p GMT+1")
    attribution = f"{when}, {case.vendor} <{case.address}> wrote:"
    text = (
        f" {case.text}\n\n    {attribution}  \n \n" + "\n".join(f" {line}  " for line in case.quoted) + "\n  "
    )
    html = (
        '<html><head></head><body><div class="ydp5yahoo-style-wrap"><div '
        f'dir="ltr" data-setdir="false">{paragraphs_in_html(case)}</div>'
        '<div><br></div></div><div id="ydpa1yahoo_quoted_1234567890" class="ydpa1yahoo_quoted"><div>'
        f"<div>{in_html(attribution)}</div><div><br></div><div><br></div><div>{letter_in_html(case)}</div></div></div></body></html>"
    )
    body = several("alternative", [part(text), part(html, "text/html")], "----=_Part_1_2.3")
    return specimen("Yahoo", case, mail(case, body, *ANSWERS))


def proton(case: Case) -> Specimen:
    when = case.at.strftime("On %A, %B %-dth, %Y at %-I:%M %p")
    attribution = f"{when}, {case.vendor} <{case.address}> wrote:"
    footer = "Sent with [Proton Mail](https://proton.me/mail/home) secure email."
    text = f"{case.text}\n\n{footer}\n\n{attribution}\n\n{marked(case.quoted)}\n"
    html = (
        '<div style="font-family: Arial, sans-serif; font-size: 14px;">'
        f"{paragraphs_in_html(case)}</div><div><br></div>"
        '<div class="protonmail_signature_block"><div class="protonmail_signature_block-proton">Sent with'
        ' <a target="_blank" href="https://proton.me/mail/home">Proton Mail</a> secure email.</div></div>'
        f'<div class="protonmail_quote">{in_html(attribution)}<br><blockquote '
        'class="protonmail_quote" type="cite">'
        f"{letter_in_html(case)}</blockquote><br></div>"
    )
    body = several(
        "alternative", [part(text, encoding="base64"), part(html, "text/html", encoding="base64")], "b1_x"
    )
    return specimen("Proton", case, mail(case, body, *ANSWERS))
