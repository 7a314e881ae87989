"""What lies in the mailbox: mails of all kinds and sizes, three of ten come a second time."""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from io import BytesIO

from PIL import Image

from guichet.edges.mailbox.reading import Automatic, parse
from tests.edges.mailbox.reading.corpus import corpus

AUTHSERV_ID = "mx.bench.example"
MAILBOX = "support@bench.example"
REPEATED = 0.3
_STATION = b"Received: from another.example by mx.bench.example; Tue, 10 Mar 2026 13:00:00 +0000\r\n"
_CORPUS_SENDER = b"rose@acme.example"
_ENVELOPE = re.compile(rb"(?im)^(?:Message-ID|Delivered-To|Return-Path):[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n")
# Up to which of a hundred: answers, new requests, both with files, of machines; the rest is of strangers.
_ANSWERS, _NEW, _WITH_FILES, _MACHINES = 50, 78, 90, 95


@dataclass
class Post:
    """`mails` in the order in which they came; what must become of each distinct one, by its Message-ID."""

    mails: list[bytes] = field(default_factory=list)
    delivered: set[str] = field(default_factory=set)
    unsorted: set[str] = field(default_factory=set)
    copies: int = 0  # in other bytes: rows of their own, found to be the same mail

    @property
    def distinct(self) -> int:
        return len(self.delivered) + len(self.unsorted)


def post(count: int, people: Sequence[Mapping[str, str]]) -> Post:
    """So many mails from these people, the same at every run. REPEATED of them repeat others."""
    dice, made = random.Random(count), Post()
    originals = [
        _letter(number, people[number % len(people)], dice, made)
        for number in range(round(count * (1 - REPEATED)))
    ]
    made.mails = [*originals, *_repeats(originals, count - len(originals), dice, made)]
    dice.shuffle(made.mails)
    return made


def single(number: int, person: Mapping[str, str]) -> tuple[str, bytes]:
    """One more answer, and its Message-ID."""
    mail_id = f"<single-{number}@letters.example>"
    return mail_id, _headed(_specimens()[number % len(_specimens())], mail_id, person, person["answers_at"])


def _letter(number: int, person: Mapping[str, str], dice: random.Random, made: Post) -> bytes:
    mail_id, kind = f"<{number}@letters.example>", dice.randrange(100)
    specimen = dice.choice(_specimens())
    to = person["answers_at"] if kind < _ANSWERS or (kind >= _NEW and dice.random() < 0.5) else MAILBOX
    if kind < _NEW:
        raw = _headed(specimen, mail_id, person, to)
    elif kind < _WITH_FILES:
        raw = _headed(_with_files(dice), mail_id, person, to)
    elif kind < _MACHINES:
        raw = b"Auto-Submitted: auto-replied\r\n" + _headed(specimen, mail_id, person, to)
    else:
        stranger = {"email": f"stranger-{number}@elsewhere.example"}
        raw = _headed(specimen, mail_id, stranger, MAILBOX)
    (made.delivered if kind < _WITH_FILES else made.unsorted).add(mail_id)
    return raw


def _repeats(originals: list[bytes], count: int, dice: random.Random, made: Post) -> Iterator[bytes]:
    """Half the same bytes, half by another way: a header more, of whoever passed it on."""
    for raw in dice.sample(originals, count):
        mail_id = parse(raw).mail_id
        if mail_id in made.delivered and dice.random() < 0.5:
            made.copies += 1
            yield (
                b"Received: from another.example by mx.bench.example; Tue, 10 Mar 2026 13:00:00 +0000\r\n"
                + raw
            )
        else:
            yield raw


def _headed(raw: bytes, mail_id: str, person: Mapping[str, str], to: str) -> bytes:
    domain = person["email"].partition("@")[2]
    lines = [
        f"Delivered-To: {to}",
        f"Authentication-Results: {AUTHSERV_ID}; dmarc=pass header.from={domain}",
        f"Message-ID: {mail_id}",
    ]
    head, blank, body = raw.partition(b"\r\n\r\n")
    head = _ENVELOPE.sub(b"", head.replace(_CORPUS_SENDER, person["email"].encode()) + b"\r\n")
    return "".join(f"{line}\r\n" for line in lines).encode() + head.removesuffix(b"\r\n") + blank + body


def _specimens() -> list[bytes]:
    """Mails of people's programs: those of the corpus that no machine wrote."""
    if not _kept:
        _kept.extend(one.raw for one in corpus() if _is_somebodys(one.raw))
    return _kept


_kept: list[bytes] = []


def _is_somebodys(raw: bytes) -> bool:
    return _CORPUS_SENDER in raw and b"\r\n\r\n" in raw and parse(raw).automatic is Automatic.NO


def _with_files(dice: random.Random) -> bytes:
    """A text and one to three files: logs of up to two megabytes, pictures of screens."""
    mail = EmailMessage()
    mail["From"], mail["To"] = "Rose <rose@acme.example>", MAILBOX
    mail["Subject"] = "What the screen shows"
    mail.set_content("Please look at the files: this is what we see when the export stops.")
    for number in range(dice.randrange(1, 4)):
        if dice.random() < 0.5:
            log = dice.randbytes(64).hex().encode() * round(10 ** dice.uniform(1, 4.2))
            mail.add_attachment(log, maintype="text", subtype="plain", filename=f"{number}.log")
        else:
            mail.add_attachment(_picture(dice), maintype="image", subtype="png", filename=f"{number}.png")
    return mail.as_bytes().replace(b"\n", b"\r\n")


def _picture(dice: random.Random) -> bytes:
    kept, size = BytesIO(), (dice.randrange(200, 1200), dice.randrange(100, 800))
    Image.linear_gradient("L").resize(size).save(kept, "PNG")
    return kept.getvalue()
