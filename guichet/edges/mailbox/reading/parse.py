from dataclasses import replace

from ..limits import Beyond, Limits
from .automatic import automatic_kind
from .bodies import contents_of
from .files import shown_within
from .head import Head, read_head
from .headers import Headers
from .mail import Mail
from .reports import report_of
from .rich import words_of
from .security import security_of
from .structure import Structure
from .trimming import circumstances

_USUAL = Limits()


def parse(raw: bytes, limits: Limits = _USUAL) -> Mail:
    """What a mail says, for any bytes whatever: one beyond the limits, or beyond us, has `refused` set.

    Its headers are read even then, as far as they can be.
    """
    if b"\n" not in raw:
        raw = raw.replace(b"\r", b"\n")
    head = read_head(raw, 0, len(raw), limits)
    described = _described(head, limits)
    if len(raw) > limits.most_bytes:
        return replace(described, refused=f"larger than {limits.most_bytes} bytes")
    if head.refused:
        return replace(described, refused=head.refused)
    try:
        return _read(raw, head, described, limits)
    except Beyond as limit:
        return replace(described, refused=str(limit))
    except MemoryError:
        return replace(described, refused="it takes too much memory to read")
    except Exception as error:  # noqa: BLE001  a fault of ours: the mail waits for a person all the same
        return replace(described, refused=f"unreadable: {type(error).__name__}")


def _described(head: Head, limits: Limits) -> Mail:
    """What its headers say."""
    headers = Headers(head.fields)
    name, sender = headers.sender()
    most = limits.most_recipients
    return Mail(
        mail_id=next(iter(headers.ids("Message-ID")), ""),
        sender_name=name,
        sender=sender,
        author=headers.author(most),
        to=headers.people("To", most),
        cc=headers.people("Cc", most),
        reply_to=headers.people("Reply-To", most),
        recipients=headers.recipients(most),
        subject=headers.line("Subject"),
        date=headers.date(),
        in_reply_to=next(iter(headers.ids("In-Reply-To")), ""),
        references=headers.ids("References"),
        authentication=tuple(headers.every("Authentication-Results")),
    )


def _read(raw: bytes, head: Head, described: Mail, limits: Limits) -> Mail:
    root = Structure(limits).read(raw, head, len(raw))
    contents = contents_of(root, limits)
    refers = bool(described.in_reply_to or described.references)
    known = circumstances(described.subject, described.recipients, refers=refers)
    words = words_of(contents.body, known, limits, has_files=bool(contents.files))
    mail = replace(
        described,
        automatic=automatic_kind(root.headers, root),
        security=security_of(root, words.text),
        text=words.text,
        visible=words.visible,
        html=words.html,
        html_visible=words.html_visible,
        files=shown_within(contents.files, words.html),
    )
    return replace(mail, failures=report_of(mail))
