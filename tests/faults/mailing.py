"""A mail server of somebody else: it hands mails over until it is told that they are kept."""

import random
import smtplib
import threading
import time
from dataclasses import dataclass, field
from email.message import EmailMessage
from uuid import uuid4

VENDOR = "help@vendor.example"


@dataclass
class Handed:
    """Every mail that was answered 250: its id, and the words that stand in it and nowhere else."""

    accepted: dict[str, str] = field(default_factory=dict)
    bytes_accepted: set[bytes] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)  # ids of those that ask for a request of their own
    cut: int = 0  # handed over, and nobody was there any more to answer


@dataclass
class MailServer:
    """Knows two ways to hand a mail over again: as it is, or with the header of one station more."""

    port: int
    dice: random.Random

    def hand_over(self, who: dict[str, str], ledger: Handed) -> None:
        """One new mail, until it is accepted; now and then once more, as servers do whose line broke."""
        marker = f"marker {uuid4().hex}"
        opens = self.dice.random() < 0.4
        to = VENDOR if opens else who["answers_at"]
        mail_id, raw = composed(who["email"], to, marker, opens=opens)
        while not self._accepts(who["email"], to, raw, ledger):
            time.sleep(0.02)
            if self.dice.random() < 0.3:
                raw = b"Received: from elsewhere by mx.vendor.example\r\n" + raw
        ledger.accepted[mail_id] = marker
        if opens:
            ledger.opened.add(mail_id)
        if self.dice.random() < 0.2:
            self._accepts(who["email"], to, raw, ledger)

    def _accepts(self, sender: str, to: str, raw: bytes, ledger: Handed) -> bool:
        sent = False
        try:
            with smtplib.LMTP("127.0.0.1", self.port, local_hostname="mx", timeout=20) as server:
                sent = True
                server.sendmail(sender, [to], raw)
        except (OSError, smtplib.SMTPException) as error:
            # What was answered before the line broke is answered: smtplib tells of the mail before it parts.
            ledger.cut += sent and isinstance(error, smtplib.SMTPServerDisconnected)
            return False
        ledger.bytes_accepted.add(raw)
        return True


def composed(sender: str, to: str, marker: str, *, opens: bool) -> tuple[str, bytes]:
    """The id and the bytes of a mail that its sender's server vouches for."""
    mail = EmailMessage()
    mail["Authentication-Results"] = f"mx.vendor.example; dmarc=pass header.from={sender.partition('@')[2]}"
    mail["From"], mail["To"] = sender, to
    mail["Subject"] = marker if opens else "Re: The export stays empty"
    mail["Message-ID"] = mail_id = f"<{uuid4().hex}@acme.example>"
    mail.set_content(f"This is the {marker}.")
    return mail_id, mail.as_bytes().replace(b"\n", b"\r\n")


def keep_mailing(port: int, who: dict[str, str], ledger: Handed, stop: threading.Event, seed: int) -> None:
    server = MailServer(port, random.Random(seed))
    while not stop.is_set():
        server.hand_over(who, ledger)
        stop.wait(server.dice.uniform(0, 0.1))
