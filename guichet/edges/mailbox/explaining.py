"""Why a mail waits, in the words of whoever looks after it. What is kept of that is for logs."""

import re

from django.utils.translation import gettext_lazy

from guichet.foundation.refusals import Sentence

from .models import ReceivedMessage
from .states import Reason

_KINDS: dict[str, Sentence] = {
    "reply": gettext_lazy("It is an automatic reply."),
    "bounce": gettext_lazy("It reports what became of another e-mail."),
    "list": gettext_lazy("It came through a mailing list."),
    "notification": gettext_lazy("It is a notification."),
    "verification": gettext_lazy("It is to verify an address or an account."),
}
_KB, _MB = 2**10, 2**20
# What reading says (limits.py and whoever raises Beyond), with the size in which its figure is told.
_LIMITS: tuple[tuple[str, int, Sentence], ...] = (
    (r"larger than (\d+) bytes", _MB, gettext_lazy("It is larger than %(most)s MB.")),
    (r"more than (\d+) bytes of headers", _KB, gettext_lazy("Its headers are larger than %(most)s KB.")),
    (
        r"a header of more than (\d+) bytes",
        _KB,
        gettext_lazy("One of its headers is larger than %(most)s KB."),
    ),
    (r"more than (\d+) parts", 1, gettext_lazy("It has more than %(most)s parts.")),
    (
        r"parts within parts, more than (\d+) deep",
        1,
        gettext_lazy("Its parts are nested more than %(most)s deep."),
    ),
    (r"HTML nested more than (\d+) deep", 1, gettext_lazy("Its HTML is nested more than %(most)s deep.")),
    (
        r"it takes more than ([\d.]+) seconds to read",
        0,
        gettext_lazy("Reading it takes more than %(most)s s."),
    ),
    (r"it takes too much memory to read()", 0, gettext_lazy("Reading it takes too much memory.")),
)


def why(row: ReceivedMessage) -> str:
    """The reason, and what is known beyond it. Empty for a mail that has none."""
    if not row.reason:
        return ""
    return " ".join(filter(None, (row.get_reason_display(), _detail(row))))


def _detail(row: ReceivedMessage) -> str:
    if row.reason == Reason.AUTOMATIC:
        return str(_KINDS.get(row.detail, ""))
    if row.reason != Reason.UNREADABLE:
        return row.detail
    for said, unit, sentence in _LIMITS:
        if found := re.fullmatch(said, row.detail):
            most = f"{int(found[1]) / unit:.3g}" if unit else found[1]
            return str(sentence) % {"most": most}
    return row.detail
