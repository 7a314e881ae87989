"""What is done by the clock: read this file to know all of it."""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from guichet.domain.people.actors import SYSTEM
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment
from guichet.reactions.email.purging import purge_captured

from .models import Slot
from .slots import Chore

UNSENT_FILES_KEPT = timedelta(hours=24)
SLOTS_KEPT = timedelta(days=7)
_MOST_AT_ONCE = 500


def discard_unsent_files(*, at: datetime) -> int:
    """Forget files that were uploaded a day ago and sent with no message. Returns how many."""
    old = Attachment.objects.filter(message=None, created_at__lt=at - UNSENT_FILES_KEPT).order_by(
        "created_at"
    )
    forgotten = list(old[:_MOST_AT_ONCE])
    for attachment in forgotten:
        tickets.discard(attachment, by=SYSTEM)
    return len(forgotten)


def forget_slots(*, at: datetime) -> int:
    """Drop the rows of slots long past. Returns how many."""
    return Slot.objects.filter(taken_at__lt=at - SLOTS_KEPT).delete()[0]


def forget_ended_sessions(*, at: datetime) -> int:
    """Drop sessions that have run out, and the lines that list them. Returns how many sessions."""
    ended = Session.objects.filter(expire_date__lt=at).delete()[0]
    alive = Session.objects.values("session_key")
    UserSession.objects.exclude(session_key__in=alive).delete()
    return ended


CHORES = (
    Chore("close-settled", timedelta(minutes=10), tickets.close_settled),
    Chore("discard-unsent-files", timedelta(hours=1), discard_unsent_files),
    Chore("purge-drafts", timedelta(hours=24), tickets.purge_drafts),
    Chore("purge-captured-mail", timedelta(hours=24), purge_captured),
    Chore("forget-ended-sessions", timedelta(hours=24), forget_ended_sessions),
    Chore("forget-slots", timedelta(hours=24), forget_slots),
)
