"""What a received mail says, as far as it can be read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Automatic(StrEnum):
    """Whether a person wrote it."""

    NO = "no"
    REPLY = "reply"
    BOUNCE = "bounce"
    LIST = "list"
    NOTIFICATION = "notification"


class Security(StrEnum):
    """How it is signed or encrypted. What proves that is among its files, untouched and unchecked."""

    NONE = ""
    SMIME_SIGNED = "smime-signed"
    SMIME_ENCRYPTED = "smime-encrypted"
    PGP_SIGNED = "pgp-signed"
    PGP_ENCRYPTED = "pgp-encrypted"


@dataclass(frozen=True, slots=True)
class Address:
    """As a mail program shows it. It proves nothing."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment. `inline` ones are shown within the HTML, which calls them `cid:` and `content_id`."""

    name: str
    media_type: str
    content: bytes
    inline: bool = False
    content_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What a bounce says of one recipient (RFC 3464).

    `action` is failed, delayed, delivered, relayed or expanded; `status` such as 5.1.1; `original_id` the
    Message-ID of the mail that did not arrive. Each is empty where the report does not say.
    """

    recipient: str
    action: str = ""
    status: str = ""
    diagnostic: str = ""
    original_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Everything in it was typed by its sender, and proves nothing, except `authentication`: see there.

    `sender` is empty unless there is exactly one, read in one way only; `author` is who a mail program says.
    `recipients` are those of To, Cc and Delivered-To. `text` is the whole of it, made from the HTML where
    there is nothing else; `visible` is the same without what it quotes and without its signature.

    `html` is sanitised, with images by `cid:`; `html_visible` is the part of it that says what `visible`
    says, empty where none does. `failures` is what a bounce reports. `refused` says why it was not read.
    """

    mail_id: str = ""
    sender_name: str = ""
    sender: str = ""
    author: Address = Address()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    recipients: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: Automatic = Automatic.NO
    security: Security = Security.NONE
    text: str = ""
    visible: str = ""
    html: str = ""
    html_visible: str = ""
    files: tuple[File, ...] = ()
    failures: tuple[Failure, ...] = ()
    authentication: tuple[str, ...] = ()
    refused: str = ""
