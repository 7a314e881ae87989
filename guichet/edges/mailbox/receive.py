"""The first stage: the bytes are kept, and committed, before anybody looks at them."""

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from guichet.foundation import pubsub
from guichet.foundation.storage import files

from .models import ReceivedMessage
from .states import Way


def receive(
    raw: bytes,
    *,
    way: Way,
    verified: bool,
    mailbox: str = "",
    at: datetime,
    next_try_at: datetime | None = None,
) -> ReceivedMessage:
    """The row of this mail, new or from when it was handed over before. Raises files.Empty for no bytes.

    When it returns, the mail is committed. `intake` settles it at once, or after `next_try_at` where the
    caller means to do so itself. Raises Unavailable or DatabaseError where it may not have been kept: whoever
    hands it over keeps it then.
    """
    fingerprint = sha256(raw).hexdigest()
    known = ReceivedMessage.objects.filter(fingerprint=fingerprint).first()
    if known:
        return known
    stored = files.store([raw], limit=len(raw))
    try:
        with transaction.atomic():
            row = ReceivedMessage.objects.create(
                fingerprint=fingerprint,
                stored_as=stored.name,
                size=stored.size,
                received_at=at,
                was_verified=verified,
                way=way,
                mailbox=mailbox,
                next_try_at=next_try_at or at,
            )
            transaction.on_commit(pubsub.wake)
            return row
    except IntegrityError:
        files.discard(stored.name)
        # By another process, at the same moment; anything else is a fault that goes on its way.
        known = ReceivedMessage.objects.filter(fingerprint=fingerprint).first()
        if known is None:
            raise
        return known
