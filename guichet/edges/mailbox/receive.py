"""The first stage: the bytes are kept, and committed, before anybody looks at them."""

from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from guichet.foundation.storage import files

from .models import ReceivedMessage


def receive(raw: bytes, *, verified: bool, at: datetime) -> ReceivedMessage:
    """The row of this mail, new or from when it was handed over before. Raises files.Empty for no bytes."""
    fingerprint = sha256(raw).hexdigest()
    known = ReceivedMessage.objects.filter(fingerprint=fingerprint).first()
    if known:
        return known
    stored = files.store([raw], limit=len(raw))
    try:
        with transaction.atomic():
            return ReceivedMessage.objects.create(
                fingerprint=fingerprint,
                stored_as=stored.name,
                size=stored.size,
                received_at=at,
                was_verified=verified,
            )
    except IntegrityError:  # the same mail came by another process at the same moment
        files.discard(stored.name)
        return ReceivedMessage.objects.get(fingerprint=fingerprint)
