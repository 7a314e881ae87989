from django.db import transaction

from guichet.foundation.text.analysis import folded, tokens

from ..index import Words, put
from ..models import Message, Participant, Ticket

_LONGEST_BODY = 20_000  # characters of one message: beyond, it is a log, and its words find nothing


@transaction.atomic
def index_ticket(ticket_id: int) -> None:
    """Make the request found by the words of all its messages, for those who may see it."""
    ticket = Ticket.objects.get(pk=ticket_id)
    public, notes = _words(ticket.subject, ticket.language), list[str]()
    for body, by_staff_only in _bodies(ticket):
        (notes if by_staff_only else public).extend(_words(body[:_LONGEST_BODY], ticket.language))
    put(
        ticket_id,
        Words(
            public=tuple(dict.fromkeys(public)), notes=tuple(dict.fromkeys(notes)), scope=_scope_of(ticket)
        ),
    )


def _words(text: str, language: str) -> list[str]:
    """Tokens with and without their accents: people leave them out, and stems differ without them."""
    bare = folded(text)
    found = tokens(text, language)
    return found if bare == text.casefold() else [*found, *tokens(bare, language)]


def _bodies(ticket: Ticket) -> list[tuple[str, bool]]:
    messages = Message.objects.filter(ticket=ticket).order_by("id")
    return [(message.body, message.is_note) for message in messages]


def _scope_of(ticket: Ticket) -> tuple[str, ...]:
    people = Participant.objects.filter(ticket=ticket).values_list("person_id", flat=True)
    organisation = [f"o{ticket.organisation_id}"] if ticket.organisation_id else []
    return (*organisation, *(f"p{person}" for person in (ticket.requester_id, *people)))
