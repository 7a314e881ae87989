"""A request's conversation, as the reader may see it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import BigIntegerField, QuerySet

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person
from guichet.foundation.database.written import Slot, Written

from ..models import Attachment, Message, Participant, Tag, Ticket
from ..policies import may_see_notes
from ..states import MessageKind


@dataclass(frozen=True, slots=True)
class Said:
    """A message in its newest version, with its files. `versions` counts how often it was written."""

    message: Message
    first: Message
    versions: int = 1
    attachments: Sequence[Attachment] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.first.pk


_TICKET = Slot("ticket", BigIntegerField())
_ALL_SAID = Written(lambda: _messages_of(_TICKET))
_SAID_IN_PUBLIC = Written(lambda: _messages_of(_TICKET).filter(kind=MessageKind.PUBLIC))
_FILES = Written(lambda: Attachment.objects.filter(ticket=_TICKET).order_by("created_at", "id"))


def thread_of(actor: Actor, ticket: Ticket) -> list[Said]:
    """The conversation, oldest first, in two queries. Notes are left out for customers."""
    messages = _ALL_SAID if may_see_notes(actor) else _SAID_IN_PUBLIC
    files: dict[int, list[Attachment]] = {}
    for attachment in _FILES.rows(ticket=ticket.pk):
        files.setdefault(attachment.message_id or 0, []).append(attachment)
    return _folded(messages.rows(ticket=ticket.pk), files)


def _messages_of(ticket: Slot) -> QuerySet[Message]:
    return Message.objects.filter(ticket=ticket).select_related("author").order_by("id")


def _folded(messages: Iterable[Message], files: dict[int, list[Attachment]]) -> list[Said]:
    said: dict[int, Said] = {}
    for message in messages:
        if message.original_id is None:
            said[message.pk] = Said(message, message, 1, files.get(message.pk, []))
        elif message.original_id in said:
            earlier = said[message.original_id]
            said[message.original_id] = Said(
                message, earlier.first, earlier.versions + 1, earlier.attachments
            )
    return list(said.values())


def versions_of(actor: Actor, message: Message) -> QuerySet[Message]:
    """Every version of a message but its first, oldest first."""
    return message.versions.order_by("id") if may_see_notes(actor) else Message.objects.none()


_COPIED = Written(
    lambda: Person.objects.filter(
        pk__in=Participant.objects.filter(ticket=_TICKET).values("person"),
    ).order_by("name")
)


def participants_of(ticket: Ticket) -> list[Person]:
    return _COPIED.rows(ticket=ticket.pk)


def tags_of(ticket: Ticket) -> list[str]:
    return list(ticket.tags.order_by("tag__name").values_list("tag__name", flat=True))


def known_tags(beginning: str = "", *, limit: int = 20) -> list[str]:
    """Tags that begin so, for a field that completes them."""
    return list(
        Tag.objects.filter(name__startswith=beginning.lower())
        .order_by("name")
        .values_list("name", flat=True)[:limit]
    )


def unsent_files(actor: Actor, ids: Sequence[UUID]) -> list[Attachment]:
    """Files the actor has chosen for a message and not sent yet, in the order they came."""
    found = Attachment.objects.filter(pk__in=ids, uploader=actor.person_id, message=None)
    return list(found.order_by("created_at", "id")) if ids else []
