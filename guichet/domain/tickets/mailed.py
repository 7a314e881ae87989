"""What came with a message by e-mail, as values for the verbs that take it. Only the mailbox makes them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """Who a mail says that it comes from: typed by whoever sent it, and proven by nothing."""

    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """What a mail has besides its words.

    `html` says what the text says, and is sanitised when it is written; `pictures` are the addresses of its
    images by content id, in lower case. `trimmed` says that the mail holds more than is shown. With a
    `sender` nothing proves who wrote it: the message is nobody's.
    """

    html: str = ""
    pictures: Mapping[str, str] = field(default_factory=dict)
    trimmed: bool = False
    sender: Sender | None = None
