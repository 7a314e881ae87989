from .mailbox_watch import MailboxWatch
from .received_message import ReceivedMessage

__all__ = ["MailboxWatch", "ReceivedMessage"]
