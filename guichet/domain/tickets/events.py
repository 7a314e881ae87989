from dataclasses import dataclass
from typing import ClassVar

from guichet.domain.timeline.events import Happening


@dataclass(frozen=True, kw_only=True)
class TicketEvent(Happening):
    subject: ClassVar[str] = "ticket"
    ticket_id: int


@dataclass(frozen=True, kw_only=True)
class TicketOpened(TicketEvent):
    message_id: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class TicketReplied(TicketEvent):
    message_id: int
    channel: str


@dataclass(frozen=True, kw_only=True)
class TicketNoted(TicketEvent):
    message_id: int


@dataclass(frozen=True, kw_only=True)
class MessageEdited(TicketEvent):
    message_id: int
    original_id: int


@dataclass(frozen=True, kw_only=True)
class TicketAssigned(TicketEvent):
    assignee_id: int | None
    team_id: int | None
    assignee_name: str
    team_name: str


@dataclass(frozen=True, kw_only=True)
class TicketTagged(TicketEvent):
    tag: str


@dataclass(frozen=True, kw_only=True)
class TicketUntagged(TicketEvent):
    tag: str


@dataclass(frozen=True, kw_only=True)
class TicketRecategorised(TicketEvent):
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class TicketHeld(TicketEvent):
    reason: str


@dataclass(frozen=True, kw_only=True)
class TicketResolved(TicketEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TicketClosed(TicketEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TicketReopened(TicketEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class TicketFollowedUp(TicketEvent):
    follow_up_id: int


@dataclass(frozen=True, kw_only=True)
class ParticipantAdded(TicketEvent):
    person_id: int
    person_name: str


@dataclass(frozen=True, kw_only=True)
class ParticipantRemoved(TicketEvent):
    person_id: int
    person_name: str
