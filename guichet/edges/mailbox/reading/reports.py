"""What a bounce says: which mail did not arrive, where, and whether it ever will."""

import re
from collections.abc import Iterator

from ..limits import Limits
from .head import read_head
from .headers import Headers
from .languages import any_of
from .mail import Automatic, Failure, Mail

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_ORIGINALS = ("message/rfc822", "message/global", "text/rfc822-headers", "message/global-headers")
_ACTIONS = ("failed", "delayed", "delivered", "relayed", "expanded")
_MOST = 50
_LONGEST_TEXT = 50_000
_LONGEST_DIAGNOSTIC = 500
_BLANK_LINE = re.compile(rb"\r?\n[ \t]*\r?\n")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_CODE = re.compile(r"(?<![\d.])([45])\d\d(?=[ -])")
_ADDRESS = r"[^\s<>()\",;:']{1,64}@[A-Za-z0-9.\[\]_-]{1,250}[A-Za-z0-9\]]"
# What servers write that send no report: qmail, Exim, Exchange, Postfix without its parts, and their heirs.
_NAMED = re.compile(
    rf"^[ \t*]{{0,8}}<?({_ADDRESS})>?(?:<mailto:[^>\n]{{1,300}}>)?[ \t]*(?:\([^)\n]{{1,300}}\))?"
    rf"(?:<mailto:[^>\n]{{1,300}}>)?[ \t]*[:;]?[ \t]*$|^[ \t]{{0,8}}<({_ADDRESS})>:[ \t]",
    re.MULTILINE,
)
_SAYS_SO = re.compile(any_of("bounced"), re.IGNORECASE)
_IS_LATE = re.compile(r"\bdelayed\b|will (?:keep trying|be retried|retry)|\bwarning\b", re.IGNORECASE)
_COPY = re.compile(
    r"^[^\w\n]{0,20}(?:-{2,} ?(?:Below this line|This is a copy|Original message|The (?:body|header))"
    r"|Original message headers:|Reporting-MTA:)",
    re.IGNORECASE | re.MULTILINE,
)
_ID = re.compile(r"^[> \t]{0,20}Message-ID:\s*(<[^<>\s]{1,250}>)", re.IGNORECASE | re.MULTILINE)


def report_of(mail: Mail) -> tuple[Failure, ...]:
    """Each recipient that a bounce reports of, by RFC 3464 or in the words of servers that send no report.

    Empty for what is no bounce. Whoever sent it may have invented all of it.
    """
    reports = [file.content for file in mail.files if file.media_type in _REPORTS]
    if not (reports or mail.automatic is Automatic.BOUNCE or _SAYS_SO.search(mail.subject)):
        return ()
    original = _original_id(mail)
    told = [failure for report in reports for failure in _standard(report, original)]
    return tuple(told or _in_words(mail, original))[:_MOST]


def _standard(report: bytes, original: str) -> Iterator[Failure]:
    """Fields of the whole, then a group of fields for each recipient."""
    for group in _BLANK_LINE.split(report)[: 2 * _MOST]:
        said = group.lstrip()
        fields = Headers(read_head(said, 0, len(said), Limits()).fields)
        recipient = _typed(fields, "Final-Recipient") or _typed(fields, "Original-Recipient")
        if recipient:
            action = fields.first("Action").strip().lower()
            yield Failure(
                recipient=recipient.strip("<>"),
                action=action if action in _ACTIONS else "",
                status=_first(_STATUS, fields.first("Status")),
                diagnostic=_typed(fields, "Diagnostic-Code")[:_LONGEST_DIAGNOSTIC],
                original_id=original,
            )


def _typed(fields: Headers, name: str) -> str:
    """The value of a field such as `rfc822; ana@b.example` or `smtp; 550 No such user`."""
    kind, semicolon, value = fields.line(name, 1_000).partition(";")
    return (value if semicolon else kind).strip()


def _in_words(mail: Mail, original: str) -> Iterator[Failure]:
    text = mail.text[:_LONGEST_TEXT]
    copy = _COPY.search(text)
    text = text[: copy.start()] if copy else text
    found = list(_NAMED.finditer(text))
    ours = {address.lower() for address in mail.recipients}
    known: set[str] = set()
    for at, one in enumerate(found):
        recipient = one[1] or one[2]
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        said = " ".join(text[one.end() : end].split())
        if recipient.lower() in known | ours:
            continue
        known.add(recipient.lower())
        status = _first(_STATUS, said) or _first(_STATUS, mail.text[:_LONGEST_TEXT])
        code = status[:1] or _first(_CODE, said)
        is_late = code == "4" or (not code and _IS_LATE.search(f"{mail.subject} {text}") is not None)
        yield Failure(
            recipient=recipient,
            action="delayed" if is_late else "failed",
            status=status or (f"{code}.0.0" if code else ""),
            diagnostic=said[:_LONGEST_DIAGNOSTIC],
            original_id=original,
        )


def _original_id(mail: Mail) -> str:
    """The Message-ID of what came back, from its copy if there is one."""
    for file in mail.files:
        if file.media_type in _ORIGINALS:
            head = file.content.lstrip()
            fields = Headers(read_head(head, 0, len(head), Limits()).fields)
            if ids := fields.ids("Message-ID"):
                return ids[0]
    within = _first(_ID, mail.text[: 10 * _LONGEST_TEXT])
    return within or mail.in_reply_to or next(iter(mail.references[-1:]), "")


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
