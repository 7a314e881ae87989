"""The stories, told through the operations of the domain: what they refuse cannot be in the demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from guichet.domain.people.actors import Actor
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.tickets.states import Channel

from .cast import Cast
from .files import Uploads
from .stories import Scene, Story

Verb = Callable[..., Ticket | Message]


@dataclass(slots=True)
class _Told:
    ticket: Ticket
    said: Message | None = None


class Narrator:
    """Plays scenes in their order and remembers the request that each story is about."""

    def __init__(self, cast: Cast, uploads: Uploads) -> None:
        self.cast = cast
        self.uploads = uploads
        self._told: dict[int, _Told] = {}

    def play(self, scene: Scene) -> None:
        by = self.cast.actors[scene.who]
        if scene.verb == "open":
            self._told[id(scene.story)] = _Told(self._open(scene.story, by, scene.at))
            return
        told = self._told[id(scene.story)]
        for verb in scene.verb.split(" and "):
            outcome = self._verbs[verb](self, told, by, scene.at, *scene.words)
            if isinstance(outcome, Message):
                told.said = outcome
            else:
                told.ticket = outcome

    def _open(self, story: Story, by: Actor, at: datetime) -> Ticket:
        return tickets.open_ticket(
            category=story.category,
            subject=story.subject,
            description=story.text,
            organisation_id=self.cast.organisations[story.organisation].pk,
            answers=story.answers,
            attachments=self._upload(story.files, by, at),
            by=by,
            at=at,
        )

    def _reply(self, told: _Told, by: Actor, at: datetime, body: str, *rest: str) -> Message:
        """`rest` names files, or says "email" for what came by mail."""
        files = tuple(name for name in rest if name != "email")
        channel = Channel.EMAIL if "email" in rest else Channel.DESK if by.is_staff else Channel.PORTAL
        return tickets.reply(
            told.ticket,
            body=body,
            attachments=self._upload(files, by, at),
            channel=channel,
            by=by,
            at=at,
        )

    def _upload(self, names: tuple[str, ...], by: Actor, at: datetime) -> list[UUID]:
        return [self.uploads.send(name, by=by, at=at) for name in names]

    def _assign(self, told: _Told, by: Actor, at: datetime, person: str, team: str) -> Ticket:
        return tickets.assign(
            told.ticket, to=self.cast.people[person], team=self.cast.teams[team], by=by, at=at
        )

    def _edit(self, told: _Told, by: Actor, at: datetime, body: str) -> Ticket:
        if told.said is None:
            raise LookupError("There is nothing to edit yet in this story.")
        tickets.edit_message(told.said, body=body, by=by, at=at)
        return told.ticket

    _verbs: dict[str, Verb] = {
        "assign": _assign,
        "close": lambda _self, told, by, at, *_words: tickets.close(told.ticket, by=by, at=at),
        "copy": lambda self, told, by, at, name: tickets.add_participant(
            told.ticket, person=self.cast.people[name], by=by, at=at
        ),
        "edit": _edit,
        "follow up": lambda _self, told, by, at, body: tickets.follow_up(
            told.ticket, body=body, by=by, at=at
        ),
        "hold": lambda _self, told, by, at, reason: tickets.hold(told.ticket, reason=reason, by=by, at=at),
        "note": lambda _self, told, by, at, body: tickets.note(told.ticket, body=body, by=by, at=at),
        "reopen": lambda _self, told, by, at: tickets.reopen(told.ticket, by=by, at=at),
        "reply": _reply,
        "resolve": lambda _self, told, by, at: tickets.resolve(told.ticket, by=by, at=at),
        "tag": lambda _self, told, by, at, name: tickets.tag(told.ticket, name=name, by=by, at=at),
        "take": lambda _self, told, by, at: tickets.take(told.ticket, by=by, at=at),
    }
