from django.db import transaction

from guichet.foundation import pubsub
from guichet.foundation.database.rows import insert

from ..events import Happening
from ..models import Event


def record(happening: Happening) -> Event:
    """Write what happened, in the caller's transaction, and wake the worker once it is committed.

    Raises TransactionManagementError outside a transaction: an event without its change would be a lie.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("record() belongs to the transaction of the change")
    event = Event(
        kind=happening.kind,
        subject=happening.subject,
        subject_id=happening.subject_id,
        at=happening.at,
        by_id=happening.by.person_id,
        because_id=happening.because,
        facts=happening.facts,
        next_try_at=happening.at,
    )
    insert(event)
    transaction.on_commit(pubsub.wake)
    return event
