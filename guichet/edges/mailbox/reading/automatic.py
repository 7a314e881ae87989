"""Whether a machine wrote a mail. None is ever answered, and none is taken for somebody's reply."""

import re

from .headers import Headers
from .mail import Automatic

_ROBOTS = re.compile(
    r"mailer-daemon|postmaster|(?:do[-_.]?)?not?[-_.]?reply|bounces?|notifications?", re.IGNORECASE
)
_LISTS = ("List-Id", "List-Post", "Mailing-List")
_REPLIES = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply-From", "X-Mail-Autoreply")


def automatic_kind(headers: Headers, *, content_type: str) -> Automatic:
    """By RFC 3834 (Auto-Submitted), RFC 3464 (reports), null senders, lists, and marks of older robots."""
    sender = headers.sender()[1]
    if content_type == "multipart/report" or headers.first("Return-Path").strip() == "<>":
        return Automatic.BOUNCE
    submitted = headers.first("Auto-Submitted").split(";")[0].strip().lower()
    if submitted not in ("", "no"):
        return Automatic.REPLY if submitted == "auto-replied" else Automatic.NOTIFICATION
    precedence = headers.first("Precedence").strip().lower()
    if precedence == "auto_reply" or any(headers.first(name) for name in _REPLIES):
        return Automatic.REPLY
    if precedence in ("list", "bulk", "junk") or any(headers.first(name) for name in _LISTS):
        return Automatic.LIST
    if _ROBOTS.fullmatch(sender.partition("@")[0].partition("+")[0]):
        return Automatic.NOTIFICATION
    return Automatic.NO
