"""Programs that run in a browser, of those who host their mail themselves or at a provider of one country."""

from .case import Case, Specimen, in_html, marked, specimen
from .webmail import block, labels_of, letter_in_html, paragraphs_in_html
from .wire import ANSWERS, mail, part, several


def roundcube(case: Case) -> Specimen:
    """Roundcube writes text alone, wrapped by format=flowed."""
    said = {
        "de": "Am {0}, schrieb {1}:",
        "fr": "Le {0}, {1} a écrit :",
        "es": "El {0}, {1} escribió:",
        "it": "Il {0} {1} ha scritto:",
    }.get(case.language, "On {0}, {1} wrote:")
    introduction = said.format(case.at.strftime("%Y-%m-%d %H:%M"), case.vendor)
    text = f"{case.text}\n\n-- \n{case.word('name')}\nAcme Ltd.\n\n{introduction}\n{marked(case.quoted)}\n"
    body = part(text, charset="UTF-8", extra=";\r\n format=flowed")
    return specimen("Roundcube", case, mail(case, body, *ANSWERS, encoding="Q"))


def zimbra(case: Case) -> Specimen:
    labels = labels_of(case)
    text = (
        f"{case.text} \n\n\n----- {case.word('original')} -----\n"
        + block([(label, value.replace("<", '"<').replace('"<', "<")) for label, value in labels])
        + "\n\n"
        + "\n".join(case.quoted)
    )
    head = "<br>".join(f"<b>{label}</b>{in_html(value)}" for label, value in labels)
    html = (
        "<html><body>"
        f'<div style="font-family: arial; color: #000000">{paragraphs_in_html(case)}<div>'
        '<br></div><hr id="zwchr"'
        f' data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{head}'
        f'</div><div data-marker="__QUOTED_TEXT__">{letter_in_html(case)}</div></div></body></html>'
    )
    body = several(
        "alternative",
        [part(text, encoding="quoted-printable"), part(html, "text/html", encoding="quoted-printable")],
        "=_5a-4b",
    )
    return specimen("Zimbra", case, mail(case, body, *ANSWERS))


def gmx(case: Case) -> Specimen:
    """GMX and WEB.DE write HTML alone, and begin the block with the date."""
    when = case.date("EEEE, d. MMMM y 'um' HH:mm 'Uhr'")
    html = (
        '<html><head></head><body><div style="font-family: Verdana;font-size: '
        f'12.0px;">{paragraphs_in_html(case)}<div>&nbsp;'
        '<div name="quote" style="margin:10px 5px 5px 10px; padding: 10px '
        '0 10px 10px; border-left:2px solid #C3D9E5;">'
        f"<div><b>Gesendet:</b>&nbsp;{when}<br/><b>Von:</b>&nbsp;&quot;{case.vendor}&quot; "
        f"&lt;{case.address}&gt;<br/>"
        f"<b>An:</b>&nbsp;rose@acme.example<br/><b>Betreff:</b>&nbsp;[#42] The export stays empty</div>"
        f'<div name="quoted-content">{letter_in_html(case)}</div></div></div></div></body></html>'
    )
    return specimen("GMX", case, mail(case, part(html, "text/html", charset="UTF-8"), *ANSWERS))
