"""A mail that leaves by SMTP is signed by the domain it comes from, where the owner has given a key."""

from email.message import Message
from email.utils import mktime_tz, parseaddr, parsedate_tz

from django.core.mail.message import utf8_charset_qp

from guichet.foundation.dkim import Signer


def sign(mail: Message, signer: Signer) -> None:
    """Add a DKIM-Signature. Nothing of the mail may change after it."""
    for part in mail.walk():
        # A server on the way that takes seven bits only would rewrite others (RFC 6376 section 5.3).
        if part["Content-Transfer-Encoding"] == "8bit":
            text = part.get_payload(decode=True)
            assert isinstance(text, bytes)
            del part["Content-Transfer-Encoding"]
            part.set_payload(text.decode(), utf8_charset_qp)
    domain = parseaddr(mail["From"])[1].rpartition("@")[2]
    written = parsedate_tz(mail["Date"])
    assert written is not None
    mail["DKIM-Signature"] = signer.field_for(
        mail.as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's
        domain=domain.lower(),
        at=mktime_tz(written),
    )
