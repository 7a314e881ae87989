"""Who is owed which mail because of an event. A mail owed is a row; another stage sends it.

Customers of a request (its requester and participants) hear of everything said and decided in it but what
they did themselves. Of the staff, its assignee hears what customers say, and whoever is given it hears that.
"""

from collections.abc import Iterable
from datetime import timedelta

from guichet.domain.people.models import Person
from guichet.domain.tickets.models import Participant, Ticket
from guichet.domain.timeline.models import Event

from ..moment import moment
from .mail_ids import new_mail_id
from .models import Delivery
from .receipts import receipt
from .rights import hindrance
from .states import Kind

AFTERTHOUGHT = timedelta(seconds=20)  # in which an end that was a slip can be taken back before it is told
PERSISTENCE = timedelta(days=5)  # RFC 5321 4.5.4.1: the give-up time generally needs to be at least 4-5 days


def confirmation(event: Event) -> None:
    """The requester learns the number; people copied on a follow-up read its first message.

    One of whom a mail alone has told us is told next to nothing.
    """
    ticket = _ticket_of(event)
    if ticket.requester.is_proven:
        _owe(event, Kind.CONFIRMATION, [ticket.requester])
    else:
        receipt(ticket, patience=PERSISTENCE)
    _owe(event, Kind.REPLY, _customers_of(ticket, but={ticket.requester_id, event.by_id}))


def reply(event: Event) -> None:
    """The customers but its author read the reply, and the assignee when a customer wrote it."""
    ticket = _ticket_of(event)
    _owe(event, Kind.REPLY, _customers_of(ticket, but={event.by_id}))
    if not (event.by and event.by.is_staff):
        _owe(event, Kind.NOTICE, _assignee_of(ticket, but=event.by_id))


def assignment(event: Event) -> None:
    """Whoever was given the request by somebody else, if they still have it."""
    ticket = _ticket_of(event)
    if ticket.assignee_id == event.facts["assignee_id"]:
        _owe(event, Kind.ASSIGNMENT, _assignee_of(ticket, but=event.by_id))


def resolution(event: Event) -> None:
    customers = _customers_of(_ticket_of(event), but={event.by_id})
    _owe(event, Kind.RESOLUTION, customers, wait=AFTERTHOUGHT)


def closing(event: Event) -> None:
    """The customers, unless the clock closed it: the mail of its resolution has said that it would."""
    if event.by_id is not None:
        customers = _customers_of(_ticket_of(event), but={event.by_id})
        _owe(event, Kind.CLOSING, customers, wait=AFTERTHOUGHT)


def reopening(event: Event) -> None:
    """The assignee, when a customer reopened the request without a word: a reply tells it itself."""
    by_staff = bool(event.by and event.by.is_staff)
    if by_staff or _came_with_a_reply(event):
        return
    _owe(event, Kind.REOPENING, _assignee_of(_ticket_of(event), but=event.by_id))


def invitation(event: Event) -> None:
    """Whoever was added to the request."""
    if event.facts["person_id"] != event.by_id:
        _owe(event, Kind.INVITATION, Person.objects.filter(pk=event.facts["person_id"]))


def _ticket_of(event: Event) -> Ticket:
    return Ticket.objects.select_related("requester", "assignee").get(pk=event.subject_id)


def _customers_of(ticket: Ticket, *, but: set[int | None]) -> list[Person]:
    copied = Person.objects.filter(pk__in=Participant.objects.filter(ticket=ticket).values("person"))
    return [person for person in (ticket.requester, *copied.order_by("id")) if person.pk not in but]


def _assignee_of(ticket: Ticket, *, but: int | None) -> list[Person]:
    return [ticket.assignee] if ticket.assignee and ticket.assignee_id != but else []


def _came_with_a_reply(event: Event) -> bool:
    same_act = Event.objects.filter(
        subject=event.subject, subject_id=event.subject_id, at=event.at, by=event.by_id
    )
    return same_act.filter(kind="ticket_replied").exists()


def _owe(event: Event, kind: Kind, people: Iterable[Person], *, wait: timedelta = timedelta(0)) -> None:
    ticket = Ticket.objects.get(pk=event.subject_id)
    at = moment()
    Delivery.objects.bulk_create(
        (
            Delivery(
                key=f"{event.pk}:{kind}:{person.pk}",
                mail_id=new_mail_id(ticket.pk, person.pk),
                kind=kind,
                event=event,
                ticket=ticket,
                message_id=event.facts.get("message_id"),
                recipient=person,
                address=person.email,
                language=person.language,
                next_try_at=max(at, event.at + wait),
                give_up_at=at + PERSISTENCE,
                created_at=at,
            )
            for person in people
            if hindrance(person, ticket, kind) is None
        ),
        ignore_conflicts=True,  # a worker that lost its lease has owed the same already
    )
