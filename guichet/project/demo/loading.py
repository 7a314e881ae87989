from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from guichet.domain.people.actors import SYSTEM
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.operations import index_ticket
from guichet.domain.timeline.models import Event
from guichet.foundation.refusals import Conflict

from .cast import gather
from .files import Uploads
from .stories import scenes
from .telling import Narrator

_POLICY = Path(__file__).parent / "policy.toml"
_FOUNDED = timedelta(days=120)


def load(*, at: datetime) -> bool:
    """Load the demonstration, its last request opened minutes before `at`. False if it is there already.

    All or nothing. Raises Conflict in an installation that has a policy of its own.
    """
    source = _POLICY.read_text(encoding="utf-8")
    uploads = Uploads()
    try:
        return _load(source, uploads, at=at)
    except BaseException:
        uploads.take_back()
        raise
    finally:
        # Whatever was read inside a transaction that failed was never true.
        queries.forget()


@transaction.atomic
def _load(source: str, uploads: Uploads, *, at: datetime) -> bool:
    applied = queries.in_force()
    if applied and applied.source == source:
        return False
    if applied:
        raise Conflict("This installation has a policy of its own. The demonstration needs an empty one.")
    before = Event.objects.order_by("-id").values_list("id", flat=True).first() or 0
    policy.apply(source, by=SYSTEM, at=at - _FOUNDED)
    queries.forget()
    cast = gather(at=at - _FOUNDED)
    narrator = Narrator(cast, uploads)
    for scene in scenes(cast, at=at):
        narrator.play(scene)
    _settle(before, at=at)
    return True


def _settle(before: int, *, at: datetime) -> None:
    """Three months of history are over: requests are found, but nobody gets hundreds of mails about them."""
    for number in Ticket.objects.values_list("id", flat=True):
        index_ticket(number)
    Event.objects.filter(id__gt=before).update(reacted_at=at, next_try_at=None)
