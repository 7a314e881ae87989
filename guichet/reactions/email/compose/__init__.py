"""From a delivery to a mail: `words` finds what to say, `letter` shapes it, `envelope` adds the headers."""

from .envelope import mail_of

__all__ = ["mail_of"]
