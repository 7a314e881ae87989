"""A captured mail as its recipient would see it. We wrote it: it is well formed."""

from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

from guichet.reactions.email.models import CapturedMail


@dataclass(frozen=True, slots=True)
class Shown:
    """The two bodies and the headers of a mail."""

    text: str
    html: str
    headers: tuple[tuple[str, str], ...]
    answers_to: str  # empty: nobody reads an answer


def shown(captured: CapturedMail) -> Shown:
    mail = message_from_bytes(bytes(captured.raw), policy=default)
    assert isinstance(mail, EmailMessage)
    return Shown(
        text=_body(mail, "plain"),
        html=_body(mail, "html"),
        headers=tuple((name, str(value)) for name, value in mail.items()),
        answers_to=str(mail["Reply-To"] or ""),
    )


def _body(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body((kind,))
    content = part.get_content() if part else ""
    return content if isinstance(content, str) else ""
