"""Programs of phones."""

from .case import Case, Specimen, in_html, marked, specimen
from .webmail import block, encoding_of, labels_of, letter_in_html, paragraphs_in_html
from .wire import ANSWERS, mail, part, several


def iphone(case: Case) -> Specimen:
    footer, attribution = case.word("iphone"), case.introduction("apple")
    text = f"{case.text}\n\n{footer}\n\n{marked([attribution, '', *case.quoted])}\n"
    html = (
        '<html><head><meta http-equiv="content-type" content="text/html; '
        'charset=utf-8"></head><body dir="auto">'
        f'{paragraphs_in_html(case)}<br id="lineBreakAtBeginningOfSignature"><div '
        f'dir="ltr">{in_html(footer)}</div><div dir="ltr">'
        f'<br><blockquote type="cite">{in_html(attribution)}<br><br></blockquote>'
        '</div><blockquote type="cite">'
        f'<div dir="ltr">\ufeff{letter_in_html(case)}</div></blockquote></body></html>'
    )
    words = [part(text, encoding=encoding_of(case)), part(html, "text/html", encoding=encoding_of(case))]
    headers = (*ANSWERS, ("X-Mailer", "iPhone Mail (22E252)"))
    return specimen("iPhone", case, mail(case, several("alternative", words, "Apple-Mail-5B"), *headers))


def iphone_html(case: Case) -> Specimen:
    """The same without any text beside the HTML."""
    whole = iphone(case).raw
    start = whole.index(b"Content-Type: text/html")
    body = whole[start : whole.index(b"\r\n--Apple-Mail-5B--")]
    return specimen("iPhone, HTML alone", case, mail(case, body, *ANSWERS))


def outlook_phone(case: Case) -> Specimen:
    footer, labels = case.word("outlook_mobile"), labels_of(case)
    text = (
        f"{case.text}\n\n{footer}<https://aka.ms/o0ukef>\n{'_' * 32}\n{block(labels)}\n\n"
        f"{chr(10).join(case.quoted)}\n"
    )
    bold = "<br>".join(f"<b>{label}</b> {in_html(value)}" for label, value in labels)
    html = (
        f'<html><head></head><body dir="ltr"><div>{paragraphs_in_html(case)}</div>'
        '<div id="ms-outlook-mobile-body-separator-line">'
        f'<br></div><div id="ms-outlook-mobile-signature" style="color: inherit;">'
        f'<a href="https://aka.ms/o0ukef">{in_html(footer)}</a></div><hr '
        'style="display:inline-block;width:98%">'
        f'<div id="divRplyFwdMsg" dir="ltr">{bold}<br></div>{letter_in_html(case)}</body></html>'
    )
    words = [part(text, encoding=encoding_of(case)), part(html, "text/html", encoding=encoding_of(case))]
    return specimen("Outlook for iOS", case, mail(case, several("alternative", words, "_000_DB9"), *ANSWERS))


def samsung(case: Case) -> Specimen:
    footer = {
        "fr": "Envoyé depuis mon smartphone Samsung Galaxy.",
        "de": "Von meinem Samsung Galaxy Smartphone gesendet.",
        "es": "Enviado desde mi smartphone Samsung Galaxy.",
    }.get(case.language, "Sent from my Galaxy")
    when = case.at.strftime("%d/%m/%Y %H:%M (GMT+00:00)")
    head = (
        f"From: {case.vendor} <{case.address}> \nDate: {when} \nTo: rose@acme.example "
        "\nSubject: [#42] The export \n"
    )
    text = (
        f"{case.text}\n\n\n{footer}\n\n-------- {case.word('original')} --------\n"
        f"{head}\n{chr(10).join(case.quoted)}\n"
    )
    return specimen("Samsung", case, mail(case, part(text, encoding="base64"), *ANSWERS))


def gmail_phone(case: Case) -> Specimen:
    """Gmail for Android: no blank line, base64, and HTML that nests one quotation in the next."""
    attribution = case.introduction("gmail")
    older = "> Older still.\n>\n> > On Mon, Mar 9, 2026 at 9:00 AM Rose wrote:\n> > > First of all."
    text = f"{case.text}\n\n{attribution}\n\n{marked(case.quoted)}\n{older}\n"
    html = (
        f'<div dir="auto">{paragraphs_in_html(case)}</div><br><div class="gmail_quote">'
        '<div dir="ltr" class="gmail_attr">'
        f'{in_html(attribution)}<br></div><blockquote class="gmail_quote">'
        f'{letter_in_html(case)}<div class="gmail_quote">Older still.'
        "</div></blockquote></div>"
    )
    words = [part(text, encoding="base64"), part(html, "text/html", encoding="base64")]
    return specimen("Gmail for Android", case, mail(case, several("alternative", words, "0000e5"), *ANSWERS))


def k9(case: Case) -> Specimen:
    when = case.at.strftime("%B %-d, %Y %-I:%M:%S %p GMT+01:00")
    said = {"de": f"Am {case.at:%d.%m.%Y %H:%M:%S} schrieb", "en": f"On {when},"}.get(case.language)
    introduction = f"{said} {case.vendor} <{case.address}>:" if case.language == "de" else ""
    introduction = introduction or f"On {when}, {case.vendor} <{case.address}> wrote:"
    footer = "-- \nSent from my Android device with K-9 Mail. Please excuse my brevity."
    text = f"{case.text}\n{footer}\n\n{introduction}\n{marked(case.quoted, '>')}\n"
    return specimen("K-9", case, mail(case, part(text, encoding="quoted-printable"), *ANSWERS))


def docomo(case: Case) -> Specimen:
    """A phone of Docomo or au: ISO-2022-JP, every line by itself, half-width kana and signs of NEC."""
    own = [*case.own, "①番の件です。ﾃｽﾄ㈱髙"]
    raw = _cp50221("\n\n".join(own) + f"\n\n{case.at:%Y/%m/%d %H:%M} {case.vendor} <{case.address}>:\n\n")
    raw += marked([line for line in case.quoted if line.isascii()]).replace("\n", "\r\n").encode()
    body = b"Content-Type: text/plain; charset=iso-2022-jp\r\nContent-Transfer-Encoding: 7bit\r\n\r\n" + raw
    whole = mail(case, body, *ANSWERS, charset="iso-2022-jp")
    return specimen("Docomo", case, whole, "\n\n".join(own), tuple(own))


def _cp50221(text: str) -> bytes:
    """What Microsoft calls ISO-2022-JP, made by hand: kanji by way of Shift_JIS."""
    out, mode = bytearray(), b"\x1b(B"
    for sign in text.replace("\n", "\r\n"):
        wide = sign.encode("cp932")
        kana = len(wide) == 1 and wide[0] > 0xA0
        wanted = b"\x1b(I" if kana else b"\x1b(B" if len(wide) == 1 else b"\x1b$B"
        out += wanted if wanted != mode else b""
        mode = wanted
        out += bytes([wide[0] - 0x80]) if kana else wide if len(wide) == 1 else _jis(wide)
    return bytes(out)


def _jis(wide: bytes) -> bytes:
    """From Shift_JIS to JIS, and where IBM's signs have a second home (row 89 to 92), to that."""
    first, second = wide
    if wide == "髙".encode("cp932"):
        first, second = 0xEE, 0xE0
    first -= 0x71 if first < 0xA0 else 0xB1
    first = first * 2 + 1
    if second >= 0x9F:
        return bytes([first + 1, second - 0x7E])
    return bytes([first, second - (0x1F if second < 0x7F else 0x20)])
