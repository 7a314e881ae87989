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


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """An attachment. `inline` ones are shown within the text by the reader's program."""

    name: str
    media_type: str
    content: bytes
    inline: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Everything in it was typed by its sender, and proves nothing, except `authentication`: see there.

    `sender` is empty unless there is exactly one. `recipients` are those of To, Cc and Delivered-To. `text`
    is the whole of it, made from the HTML where there is nothing else. `refused` says why it was not read.
    """

    mail_id: str = ""
    sender_name: str = ""
    sender: str = ""
    recipients: tuple[str, ...] = ()
    subject: str = ""
    date: datetime | None = None
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: Automatic = Automatic.NO
    text: str = ""
    files: tuple[File, ...] = ()
    authentication: tuple[str, ...] = ()
    refused: str = ""
