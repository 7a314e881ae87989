import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from ..document import AttachmentRules, RequestRules, Vendor
from .colours import READABLE, contrast_with_white, is_colour, nearest_readable
from .tables import Table

_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{3,38}")
_DEFAULT = Vendor(name="")


def vendor_in(table: Table) -> Vendor:
    languages = _languages(table)
    vendor = Vendor(
        name=table.text("name", None, longest=80),
        accent=_accent(table),
        languages=languages,
        default_language=_default_language(table, languages),
        email=table.email("email"),
        phone=_phone(table),
        website=_website(table),
        hours=table.texts("hours", languages, longest=200, required=False),
    )
    table.done()
    return vendor


def request_rules_in(table: Table) -> RequestRules:
    usual = RequestRules()
    rules = RequestRules(
        reopen_days=table.number("reopen_days", usual.reopen_days, least=1, most=3650),
        close_resolved_days=table.number("close_resolved_days", usual.close_resolved_days, least=1, most=365),
    )
    table.done()
    return rules


def attachment_rules_in(table: Table) -> AttachmentRules:
    usual = AttachmentRules()
    rules = AttachmentRules(
        # The server takes no longer body (GUICHET_BODY_LIMIT), and the proxy of the documents no more either.
        max_mb=table.number("max_mb", usual.max_mb, least=1, most=100),
        max_files=table.number("max_files", usual.max_files, least=1, most=100),
    )
    table.done()
    return rules


def _languages(table: Table) -> tuple[str, ...]:
    known = dict(settings.LANGUAGES)
    remedy = f"Choose among {', '.join(known)}."
    chosen: list[str] = []
    for language in table.lines("languages", _DEFAULT.languages):
        if language not in known:
            table.mistake("languages", f"{language[:20]!r} is not a language of Guichet.", remedy)
        elif language in chosen:
            table.mistake("languages", f'"{language}" is there twice.', "Name each language once.")
        else:
            chosen.append(language)
    if table.values.get("languages") == []:
        table.mistake("languages", "There is no language.", remedy)
    return tuple(chosen) or _DEFAULT.languages


def _default_language(table: Table, languages: tuple[str, ...]) -> str:
    language = table.text("default_language", languages[0], longest=10)
    if language not in languages:
        sentence = f"{language[:20]!r} is not among the languages of this policy."
        table.mistake("default_language", sentence, f"Choose among {', '.join(languages)}, or add it there.")
        return languages[0]
    return language


def _accent(table: Table) -> str:
    accent = table.text("accent", _DEFAULT.accent).lower()
    if not is_colour(accent):
        table.mistake("accent", "This is not a colour.", 'Write it as six digits, such as "#2f6f5e".')
        return _DEFAULT.accent
    contrast = contrast_with_white(accent)
    if contrast < READABLE:
        sentence = (
            f"White letters on this colour are hard to read (contrast {contrast:.1f}, needed {READABLE})."
        )
        table.mistake(
            "accent", sentence, f'The nearest darker one that works is "{nearest_readable(accent)}".'
        )
    return accent


def _phone(table: Table) -> str:
    phone = table.text("phone", _DEFAULT.phone, longest=40)
    if phone and not _PHONE.fullmatch(phone):
        remedy = 'Write it for callers from abroad: phone = "+33 4 81 00 00 00".'
        table.mistake("phone", "This is not a telephone number.", remedy)
    return phone


def _website(table: Table) -> str:
    website = table.text("website", _DEFAULT.website, longest=500)
    try:
        if website:
            URLValidator(schemes=["https", "http"])(website)
    except (ValidationError, ValueError):
        table.mistake(
            "website", "This is not a web address.", 'For example: website = "https://company.example/".'
        )
    return website
