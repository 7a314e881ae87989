"""Mails that imitate those of people's programs, with what their authors wrote known beforehand.

They are made by hand from what the programs are known to write (docs/contributing/mail.md lists it), the
same at every run; the code that makes them shares nothing with the code that reads them.
"""

from collections.abc import Callable
from functools import cache

from . import desktop, hosted, phones, positions, systems, traps, webmail
from .case import Case, Specimen

_FIVE = ("en", "fr", "de", "es", "ja")
_ALL = (*_FIVE, "it", "nl", "pt", "pl", "sv", "da", "nb", "fi", "cs", "ru", "zh", "ko", "tr")

Program = Callable[[Case], Specimen]
_EVERYWHERE: tuple[Program, ...] = (
    *(webmail.gmail, webmail.outlook_web, desktop.outlook, desktop.apple_mail, desktop.thunderbird),
    *(phones.iphone, phones.outlook_phone, positions.forwarded_outlook, positions.phone_without_quotation),
)
_IN_FIVE: tuple[Program, ...] = (
    *(webmail.yahoo, webmail.proton, hosted.roundcube, hosted.zimbra, desktop.thunderbird_below),
    *(desktop.notes, desktop.pine, phones.iphone_html, phones.samsung, phones.gmail_phone, phones.k9),
    *(systems.otrs, systems.zendesk, systems.request_tracker, systems.list_footer, systems.original_message),
    *(positions.interleaved, positions.above_and_below, positions.forwarded_gmail, positions.forwarded_apple),
    *(positions.new_request, positions.inline_picture, positions.html_table),
)
_HERE_AND_THERE: tuple[tuple[Program, tuple[str, ...]], ...] = (
    (hosted.gmx, ("de",)),
    (phones.docomo, ("ja",)),
    (systems.becky, ("ja",)),
    (systems.mail_ru, ("ru",)),
    (systems.qq, ("zh",)),
    (systems.naver, ("ko",)),
    (systems.unknown_language, ("en",)),
)


@cache
def corpus() -> tuple[Specimen, ...]:
    """All of them."""
    made = [program(Case(language, 1 + at % 7)) for at, (program, language) in enumerate(_pairs())]
    made += [
        program(Case(language, n))
        for program, where in _HERE_AND_THERE
        for language in where
        for n in (1, 2, 3)
    ]
    return (*made, *traps.typed())


def _pairs() -> list[tuple[Program, str]]:
    return [(program, language) for program in _EVERYWHERE for language in _ALL] + [
        (program, language) for program in _IN_FIVE for language in _FIVE
    ]
