"""The last stage: what was written becomes a reply, a note or a request, by the domain's own operations.

Rights are those of now. What is carried is made before the transaction: looking at a picture takes longer
than others should wait.
"""

from datetime import datetime

from guichet.domain.people.actors import SYSTEM, Actor
from guichet.domain.people.queries import actor_of
from guichet.domain.policy.queries import current
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.queries import find
from guichet.domain.tickets.states import Channel
from guichet.foundation.refusals import Conflict, Invalid, NotAllowed, OutOfReach

from .carrying import Carried, carry, says_nothing
from .identify import Answer, New, Stranger, Unsorted, Unverified
from .models import ReceivedMessage
from .opening import open_for_stranger, open_new
from .reading import Mail
from .settling import settle_with
from .states import Reason, State


def place(
    row: ReceivedMessage, mail: Mail, who: Answer | Unverified | New | Stranger, *, at: datetime
) -> Unsorted | State | None:
    """Bring the mail to where it belongs. None when that is done; ASKED where its sender has to say where.

    Raises IntegrityError when the same words were delivered meanwhile.
    """
    try:
        return _placed(row, mail, who, at=at)
    except (NotAllowed, OutOfReach):
        return Unsorted(Reason.FORGED if isinstance(who, Unverified) else Reason.NO_RIGHT)
    except Invalid as refusal:
        return Unsorted(Reason.REFUSED, " ".join(str(sentence) for sentence in refusal.mistakes.values()))
    except Conflict as refusal:
        return Unsorted(Reason.REFUSED, str(refusal))


def _placed(
    row: ReceivedMessage, mail: Mail, who: Answer | Unverified | New | Stranger, *, at: datetime
) -> Unsorted | State | None:
    match who:
        case Answer():
            return _answer(row, mail, who, at=at)
        case Unverified():
            return _keep(row, mail, who, at=at)
        case New():
            return open_new(row, mail, who, at=at)
        case Stranger():
            return open_for_stranger(row, mail, who, at=at)


def _answer(row: ReceivedMessage, mail: Mail, who: Answer, *, at: datetime) -> Unsorted | None:
    """A reply of its author, agents included; in a follow-up where the request is past reopening."""
    if says_nothing(mail):
        return Unsorted(Reason.EMPTY)
    actor = actor_of(who.person)
    ticket = find(actor, who.ticket_id)
    carried = carry(mail, by=actor, proven=True)
    settle_with(row, lambda: _reply(ticket, carried, by=actor, at=at), at=at)
    return None


def _reply(ticket: Ticket, carried: Carried, *, by: Actor, at: datetime) -> Message:
    past = ticket.is_done and not ticket.may_reopen_at(at, days=current().requests.reopen_days)
    say = tickets.follow_up if past else tickets.reply
    said = say(
        ticket,
        body=carried.body,
        attachments=carried.attachments,
        mail=carried.mail,
        channel=Channel.EMAIL,
        by=by,
        at=at,
    )
    if isinstance(said, Message):
        return said
    return Message.objects.filter(ticket=said, author=by.person_id).latest("id")


def _keep(row: ReceivedMessage, mail: Mail, who: Unverified, *, at: datetime) -> Unsorted | None:
    """A note of nobody: agents see what it says and who it claims to be from, and nobody is told anything."""
    if says_nothing(mail):
        return Unsorted(Reason.EMPTY)
    ticket = find(SYSTEM, who.ticket_id)
    carried = carry(mail, by=SYSTEM, proven=False)

    def noted() -> Message:
        return tickets.note(
            ticket,
            body=carried.body,
            attachments=carried.attachments,
            mail=carried.mail,
            by=SYSTEM,
            at=at,
        )

    settle_with(row, noted, at=at)
    return None
