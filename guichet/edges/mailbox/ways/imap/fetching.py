"""What is new in a mailbox, received; whatever is not yet committed is left there as it was."""

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.db.models import F
from imap_tools import BaseMailBox, MailboxFetchError

from guichet.foundation import clock
from guichet.foundation.storage.files import Empty

from ...models import MailboxWatch
from ...receive import receive
from ...states import Way

AT_ONCE = 50
_MOST_BYTES_AT_ONCE = 4 * 2**20
_OVERLAP = timedelta(days=2)  # a server counts its days in a zone of its own
# As IMAP writes them, whatever the language of this machine (RFC 3501 section 9, date-month).
_MONTHS = ["", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


def fetch_new(box: BaseMailBox, watch: MailboxWatch, *, at_once: int = AT_ONCE) -> int:
    """Receive the mails that have come since the last time. Returns how many were not known before.

    They are asked for in batches of `at_once`: what comes of one is kept once all of it is there.

    At first that is what nobody has read; afterwards everything with a higher number, read or not. Should the
    server have numbered its mails anew, it is what nobody has read or what came since: what was received
    already is found to be so. Each is marked as read once it is committed.
    """
    validity, beyond = _numbering(box)
    known = watch.uidvalidity == validity
    new = 0
    for uids in _batches(box, _wanted(box, watch, known=known), at_once):
        new += _receive(box, watch, uids)
        box.client.uid("STORE", ",".join(uids), "+FLAGS.SILENT", r"(\Seen)")
        if known:
            _note(watch, last_uid=int(uids[-1]))
    if not known:  # only now: were it cut off before, it would begin again
        _note(watch, uidvalidity=validity, last_uid=beyond - 1)
    return new


def _numbering(box: BaseMailBox) -> tuple[int, int]:
    """The folder's UIDVALIDITY, and the number beyond all that it held when it was chosen."""
    status = box.folder.status(box.folder.get(), ["UIDVALIDITY", "UIDNEXT"])
    return status["UIDVALIDITY"], status["UIDNEXT"]


def _wanted(box: BaseMailBox, watch: MailboxWatch, *, known: bool) -> list[str]:
    if known:
        # The server answers with its last mail even where that has a lower number (RFC 3501 6.4.8).
        found = box.uids(f"UID {watch.last_uid + 1}:*", charset=None)
        return sorted((uid for uid in found if int(uid) > watch.last_uid), key=int)
    if watch.checked_at is None:
        return sorted(box.uids("UNSEEN", charset=None), key=int)
    since = watch.checked_at - _OVERLAP
    day = f"{since.day}-{_MONTHS[since.month]}-{since.year}"
    return sorted(box.uids(f"OR UNSEEN SINCE {day}", charset=None), key=int)


def _batches(box: BaseMailBox, uids: Sequence[str], at_once: int) -> Iterator[list[str]]:
    """As many at once as fit in memory with ease: each asking costs the way to the server and back."""
    for start in range(0, len(uids), at_once):
        asked = uids[start : start + at_once]
        sizes = _sizes(box, asked)
        batch, total = list[str](), 0
        for uid in asked:
            if batch and total + sizes.get(uid, 0) > _MOST_BYTES_AT_ONCE:
                yield batch
                batch, total = [], 0
            batch.append(uid)
            total += sizes.get(uid, 0)
        yield batch


def _sizes(box: BaseMailBox, uids: Sequence[str]) -> dict[str, int]:
    sizes = {}
    for part in _fetched(box, uids, "(UID RFC822.SIZE)"):
        told = part[0] if isinstance(part, tuple) else part
        uid, size = _UID.search(told), _SIZE.search(told)
        if uid and size:
            sizes[uid[1].decode()] = int(size[1])
    return sizes


def _receive(box: BaseMailBox, watch: MailboxWatch, uids: Sequence[str]) -> int:
    new, missing = 0, set(uids)
    for part in _fetched(box, uids, "(UID BODY.PEEK[])"):
        if not isinstance(part, tuple):
            continue
        if uid := _UID.search(part[0]):
            missing.discard(uid[1].decode())
        at = clock.now()
        try:
            row = receive(part[1], way=Way.IMAP, verified=False, mailbox=watch.key, at=at)
        except Empty:
            continue
        new += row.received_at == at
    if missing and box.uids(f"UID {','.join(missing)}", charset=None):  # others were deleted meanwhile
        raise MailboxFetchError(("NO", sorted(missing)), "OK")
    _note(watch, received=F("received") + new, **({"received_at": clock.now()} if new else {}))
    return new


def _fetched(box: BaseMailBox, uids: Sequence[str], parts: str) -> list[tuple[bytes, bytes] | bytes]:
    kind, answer = box.client.uid("FETCH", ",".join(uids), parts)
    if kind != "OK":
        raise MailboxFetchError((kind, answer), "OK")
    return [part for part in answer if part]


def _note(watch: MailboxWatch, **fields: object) -> None:
    MailboxWatch.objects.filter(pk=watch.pk).update(**fields)
    for name in ("uidvalidity", "last_uid"):
        if name in fields:
            setattr(watch, name, fields[name])
