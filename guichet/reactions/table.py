"""What follows from each event: every consequence of everything that happens stands here.

A reaction runs in the worker, after the event was committed, in one transaction with the others of its event
and with the note that they have run. It may run again after a failure that rolled it back; it must not wait
for the outside world: what is owed to somebody outside becomes a row, sent by a stage of its own.
"""

from collections.abc import Callable, Mapping

from guichet.domain.timeline.models import Event

from .email import owe
from .refresh import refresh
from .search import reindex

Reaction = Callable[[Event], None]

TABLE: Mapping[str, tuple[Reaction, ...]] = {
    # a request
    "ticket_opened": (refresh, reindex, owe.confirmation),
    "ticket_replied": (refresh, reindex, owe.reply),
    "ticket_noted": (refresh, reindex),
    "message_edited": (refresh, reindex),
    "ticket_assigned": (refresh, owe.assignment),
    "ticket_tagged": (refresh,),
    "ticket_untagged": (refresh,),
    "ticket_recategorised": (refresh,),
    "ticket_held": (refresh,),
    "ticket_resolved": (refresh, owe.resolution),
    "ticket_closed": (refresh, owe.closing),
    "ticket_reopened": (refresh, owe.reopening),
    "ticket_followed_up": (refresh,),
    "participant_added": (refresh, reindex, owe.invitation),
    "participant_removed": (refresh, reindex),
    # a person
    "person_added": (),
    "person_joined": (),
    "staff_appointed": (),
    "profile_changed": (),
    # the policy
    "policy_applied": (),
}
