"""Programs that are installed."""

from .case import Case, Specimen, in_html, marked, specimen
from .webmail import block, encoding_of, labels_of, letter_in_html, paragraphs_in_html
from .wire import ANSWERS, file, mail, part, several

_CHARSETS = {"ja": "iso-2022-jp", "ru": "koi8-r", "zh": "gb2312", "ko": "ks_c_5601-1987", "pl": "iso-8859-2"}
_CHARSETS |= {"cs": "windows-1250", "tr": "iso-8859-9"}
PNG = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")


def outlook(case: Case) -> Specimen:
    """Outlook for Windows writes its HTML with Word, and a picture in the signature."""
    charset = _CHARSETS.get(case.language, "iso-8859-1")
    labels = labels_of(case)
    text = f"{case.text}\n\n\n{block(labels)}\n\n{chr(10).join(case.quoted)}\n"
    html = _word(case, labels, charset)
    encoding = "base64" if case.language in ("ja", "zh", "ko", "ru") else "quoted-printable"
    words = several(
        "alternative",
        [
            part(text, charset=charset, encoding=encoding),
            part(html, "text/html", charset=charset, encoding=encoding),
        ],
        "_001_NextPart",
    )
    if case.number % 2:
        picture = file("image001.png", "image/png", PNG, inline="image001.png@01DC.4B", disposition="inline")
        words = several("related", [words, picture], "_004_NextPart").replace(
            b"multipart/related;", b'multipart/related; type="multipart/alternative";'
        )
    headers = (*ANSWERS, ("Thread-Index", "AdyAbC=="), ("X-Mailer", "Microsoft Outlook 16.0"))
    raw = mail(case, words, *headers, subject=_subject(case), charset=charset)
    return specimen("Outlook for Windows", case, raw)


def _subject(case: Case) -> str:
    prefix = {"de": "AW", "fr": "RE", "sv": "SV", "da": "SV", "nb": "SV", "it": "R", "pl": "ODP", "tr": "YNT"}
    return f"{prefix.get(case.language, 'RE')}: [#42] The export stays empty"


def _word(case: Case, labels: list[tuple[str, str]], charset: str) -> str:
    line = '<p class="MsoNormal"><span style="mso-fareast-language:EN-US">{}<o:p></o:p></span></p>'
    blank = line.format("&nbsp;")
    own = blank.join("".join(line.format(in_html(one)) for one in words.split("\n")) for words in case.own)
    block = "<br>".join(f"<b>{label}</b> {in_html(value)}" for label, value in labels)
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta http-equiv="Content-Type"'
        f' content="text/html; charset={charset}"><style><!-- p.MsoNormal {{margin:0cm;}} --></style>'
        '<!--[if gte mso 9]><xml><o:shapedefaults v:ext="edit"/></xml><![endif]--></head><body lang="EN-GB"'
        f' link="#0563C1"><div class="WordSection1">{own}{blank}<div style="border:none;border-top:solid '
        "#E1E1E1 1.0pt;"
        f'padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{block}<o:p></o:p></p></div>{blank}'
        + "".join(line.format(in_html(one)) for one in case.quoted)
        + "</div></body></html>"
    )


def apple_mail(case: Case) -> Specimen:
    """Apple Mail quotes its attribution with the rest."""
    attribution = case.introduction("apple")
    text = f"{case.text}\n\n\n{marked([attribution, '', *case.quoted])}\n\n"
    html = (
        '<html><head><meta http-equiv="content-type" content="text/html; '
        'charset=utf-8"></head><body style="overflow-wrap:'
        f' break-word; -webkit-nbsp-mode: space;">{paragraphs_in_html(case)}<div>'
        '<br id="lineBreakAtBeginningOfMessage">'
        f'<div><br><blockquote type="cite"><div>{in_html(attribution)}</div>'
        '<br class="Apple-interchange-newline">'
        f"<div>{letter_in_html(case)}</div></blockquote></div><br></div></body></html>"
    )
    words = [part(text, encoding=encoding_of(case)), part(html, "text/html", encoding=encoding_of(case))]
    if case.number % 2:  # with a file between
        inner = several(
            "mixed", [words[1], file("report.pdf", "application/pdf", b"%PDF-1.4")], "Apple-Mail=_2"
        )
        words[1] = inner
    return specimen("Apple Mail", case, mail(case, several("alternative", words, "Apple-Mail=_1"), *ANSWERS))


def thunderbird(case: Case) -> Specimen:
    """Thunderbird, answering above, in text that flows; every other one in HTML as well."""
    attribution = case.introduction("thunderbird")
    below = f"{attribution}\n{marked(case.quoted)}\n"
    signature = f"-- \n{case.word('name')}\nAcme Ltd. · +44 20 7946 0000\n"
    text = f"{case.text}\n\n{signature}\n{below}" if case.number % 4 == 1 else f"{case.text}\n\n{below}"
    plain = part(text, charset="UTF-8", extra="; format=flowed")
    if case.number % 2:
        return specimen("Thunderbird", case, mail(case, plain, *ANSWERS))
    html = (
        '<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; '
        'charset=UTF-8"></head><body>'
        + "".join(f"<p>{in_html(one)}</p>" for one in case.own)
        + f'<div class="moz-cite-prefix">{in_html(attribution)}<br></div>'
        '<blockquote type="cite" cite="mid:g@vendor.example">'
        f"{letter_in_html(case)}</blockquote></body></html>"
    )
    body = several("alternative", [plain, part(html, "text/html", charset="UTF-8")], "------------k1")
    return specimen("Thunderbird", case, mail(case, body, *ANSWERS))


def thunderbird_below(case: Case) -> Specimen:
    """Thunderbird as it is set by default: the answer stands below."""
    attribution = case.introduction("thunderbird")
    text = f"{attribution}\n{marked(case.quoted)}\n\n{case.text}\n\n-- \n{case.word('name')}\n"
    return specimen("Thunderbird below", case, mail(case, part(text, extra="; format=flowed"), *ANSWERS))


def notes(case: Case) -> Specimen:
    """Notes names the sender first, and writes its dates as numbers."""
    when = case.at.strftime("%d/%m/%Y %H:%M:%S")
    text = (
        f"{case.text}\n\n\n\nFrom:   {case.vendor} <{case.address}>\nTo: "
        f"    rose@acme.example\nDate:   {when}\n"
        f"Subject:        [#42] The export stays empty\n\n\n\n{chr(10).join(case.quoted)}\n"
    )
    if case.number % 2:
        text = f"{case.text}\n\n{case.address} wrote on {when}:\n\n{marked(case.quoted)}\n"
    charset = _CHARSETS.get(case.language, "iso-8859-1")
    body = part(text, charset=charset, encoding="quoted-printable")
    return specimen("Notes", case, mail(case, body, *ANSWERS, charset=charset))


def pine(case: Case) -> Specimen:
    """Alpine, mutt and their kin: text alone, an address before or none at all."""
    when = case.at.strftime("%a, %b %d, %Y at %I:%M:%S%p +0000")
    text = (
        f"{case.text}\n\nOn {when}, {case.vendor} wrote:\n{marked(case.quoted)}\n\n-- \n{case.word('name')}\n"
    )
    return specimen("mutt", case, mail(case, part(text), *ANSWERS))
