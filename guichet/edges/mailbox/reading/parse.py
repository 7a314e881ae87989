from email import message_from_bytes
from email.policy import compat32

from .automatic import automatic_kind
from .bodies import text_and_files
from .headers import Headers
from .limits import beyond
from .mail import Mail


def parse(raw: bytes) -> Mail:
    """What a mail says, for any bytes whatever: one beyond the limits, or beyond Python, has `refused` set.

    Its headers are read even then, as far as they can be.
    """
    refused = beyond(raw)
    if refused:
        raw = raw[: 64 * 2**10].partition(b"\r\n\r\n")[0].partition(b"\n\n")[0]
    try:
        return _read(raw, refused)
    except Exception as error:  # noqa: BLE001  Python's parser has uncaught errors of every type (CPython #90593)
        return Mail(refused=refused or f"unreadable: {type(error).__name__}")


def _read(raw: bytes, refused: str) -> Mail:
    message = message_from_bytes(raw, policy=compat32)
    headers = Headers(message)
    name, sender = headers.sender()
    text, files = ("", ()) if refused else text_and_files(message)
    return Mail(
        mail_id=next(iter(headers.ids("Message-ID")), ""),
        sender_name=name,
        sender=sender,
        recipients=headers.recipients(),
        subject=headers.line("Subject"),
        date=headers.date(),
        in_reply_to=next(iter(headers.ids("In-Reply-To")), ""),
        references=headers.ids("References"),
        automatic=automatic_kind(headers, content_type=message.get_content_type()),
        text=text,
        files=files,
        authentication=tuple(headers.every("Authentication-Results")),
        refused=refused,
    )
