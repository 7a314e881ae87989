"""Something worth stealing: a request with everything that one can have, and the browsers of the cast."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID, uuid4

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from PIL import Image

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Membership
from guichet.domain.people.states import MemberRole
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Ticket
from guichet.domain.timeline.models import Event
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.receive import receive
from guichet.edges.mailbox.states import State as Received
from guichet.edges.mailbox.states import Way
from guichet.reactions.email.address import ReplyAddress
from guichet.reactions.email.models import CapturedMail, Delivery
from guichet.reactions.email.states import Cause, Kind, State
from guichet.reactions.email.unsubscription import signature_of
from tests.signing_in import session_of
from tests.world import NOON, World, build, leave

from .table import CAST

SUBJECT, WORDS, NOTE, TAG = "Skull Bay", "Doubloons", "The captain lies", "mutiny"
FILE, NOTED_FILE, UNSENT_FILE = "parrot.png", "gallows.png", "cutlass.png"
DRAFT, AGENTS_DRAFT = "Rum for fifteen men", "Walk the plank"

FOR_STAFF = (NOTE, TAG, NOTED_FILE, AGENTS_DRAFT)
OF_THE_REQUEST = (SUBJECT, WORDS, NOTE, FILE, NOTED_FILE)
NEVER = 999_999


@dataclass
class Treasure:
    """What the rows of the table name by their words, once as it is and once as if it were not there."""

    world: World
    ticket: Ticket
    there: dict[str, Any] = field(default_factory=dict)
    sessions: dict[str, str] = field(default_factory=dict)

    def parts(self, things: str, *, absent: bool = False) -> dict[str, Any]:
        """Parts of an address: `number message_id=said` are the request's number and the id of `said`."""
        named = [thing.partition("=") for thing in things.split()]
        return {name: self._part(word or name, absent) for name, _, word in named}

    def form(self, send: str) -> dict[str, str]:
        fields = dict(parse_qsl(send))
        if "organisation" in fields:
            fields["organisation"] = str(self.world.organisations[fields["organisation"]].pk)
        return fields

    def browser(self, who: str) -> Client:
        """Somebody's browser, signed in a moment ago."""
        client = Client()
        if who in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[who]
        return client

    def _part(self, word: str, absent: bool) -> Any:
        if word.startswith("draft-"):
            there = self.ticket.requester_id if word == "draft-for" else self.ticket.pk
            return f"{word.removeprefix('draft-')}-{NEVER if absent else there}"
        if word not in self.there:
            return word
        if not absent:
            return self.there[word]
        return uuid4() if isinstance(self.there[word], UUID) else NEVER


def bury() -> Treasure:
    """Open the request of Rose, let everything happen to it, and sign everybody in."""
    world = build()
    _one_more(world)
    ticket = world.ticket(
        subject=f"The Treasure of {SUBJECT}",
        description=f"{WORDS} everywhere.",
        attachments=[_file(world, "requester", FILE)],
    )
    treasure = Treasure(world, ticket)
    treasure.there |= dict(_what_happens(world, ticket))
    treasure.there |= {"unsent": _file(world, "requester", UNSENT_FILE)}
    tickets.keep_draft(f"reply-{ticket.pk}", fields={"body": DRAFT}, by=world.actor("requester"), at=NOON)
    tickets.keep_draft(f"note-{ticket.pk}", fields={"body": AGENTS_DRAFT}, by=world.actor("agent"), at=NOON)
    treasure.there |= _ways_in(world)
    requester = world.people["requester"].pk
    treasure.there |= {"requester_id": requester, "unsubscription": signature_of(requester)}
    tickets.index_ticket(ticket.pk)
    for who in CAST.values():
        if who in world.people:
            treasure.sessions[who] = session_of(world.people[who])
    return treasure


def _one_more(world: World) -> None:
    paula = people.add_person(email="paula@acme.example", name="Paula Copied", by=SYSTEM, at=NOON)
    people.join_organisation(
        paula, world.organisations["acme"], role=MemberRole.MEMBER, designated=False, by=SYSTEM, at=NOON
    )
    world.people["copied"] = paula
    # Who left saw everything before.
    Membership.objects.filter(person=world.people["leaver"]).update(designated=True)


def _what_happens(world: World, ticket: Ticket) -> Iterator[tuple[str, Any]]:
    agent = world.actor("agent")
    yield "number", ticket.pk
    yield "rose", world.people["requester"].pk
    yield "public", Attachment.objects.get(name=FILE).pk
    tickets.take(ticket, by=agent, at=NOON)
    tickets.assign(
        ticket, to=world.people["agent"], team=world.teams["support"], by=world.actor("lead"), at=NOON
    )
    tickets.tag(ticket, name=TAG, by=agent, at=NOON)
    tickets.add_participant(ticket, person=world.people["copied"], by=agent, at=NOON)
    yield "person_id", world.people["copied"].pk
    yield "said", tickets.reply(ticket, body=f"Bring the {WORDS}.", by=agent, at=NOON).pk
    noted = _file(world, "agent", NOTED_FILE)
    note = tickets.note(ticket, body=f"Whisper: {NOTE}.", attachments=[noted], by=agent, at=NOON)
    yield "noted", noted
    yield "note", note.pk
    came = deliver(_mail("rose@acme.example", str(ReplyAddress(ticket.pk, world.people["requester"].pk))),
                   verified=True)  # fmt: skip
    yield "mailed", came.message_id
    yield "asked", _asked(world).pk
    yield "received", deliver(_mail("nobody@nowhere.example", "support@localhost"), verified=True).pk
    yield "mailbox", "support"
    yield "delivery_id", _failed(world, ticket).pk
    yield "event_id", _poisoned(ticket).pk
    yield "captured", _captured().pk
    leave(world.people["leaver"])


def _file(world: World, who: str, name: str) -> UUID:
    from guichet.edges.uploads import keep_for

    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    return keep_for(world.actor(who), [drawn.getvalue()], name=name).pk


def _mail(sender: str, to: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, to, f"About {SUBJECT}"
    mail["Message-ID"] = f"<{uuid4()}@elsewhere.example>"
    mail.set_content(f"{WORDS}, I say.")
    return mail.as_bytes()


def _asked(world: World) -> ReceivedMessage:
    row = receive(_mail("rose@acme.example", "support@localhost"), way=Way.COMMAND, verified=True, at=NOON)
    row.state, row.person, row.settled_at, row.next_try_at = (
        Received.ASKED,
        world.people["requester"],
        NOON,
        None,
    )
    row.save()
    return row


def _failed(world: World, ticket: Ticket) -> Delivery:
    return Delivery.objects.create(
        key="failed", mail_id="<failed@localhost>", kind=Kind.REPLY, event=Event.objects.latest("id"),
        ticket=ticket, recipient=world.people["requester"], address="rose@acme.example", language="en",
        state=State.FAILED, cause=Cause.REFUSED, failed_at=NOON, give_up_at=NOON, created_at=NOON,
    )  # fmt: skip


def _poisoned(ticket: Ticket) -> Event:
    return Event.objects.create(
        kind="ticket_replied", subject="ticket", subject_id=ticket.pk, at=NOON, attempts=5, failure="Broken."
    )


def _captured() -> CapturedMail:
    return CapturedMail.objects.create(
        mail_id="<captured@localhost>", recipient="rose@acme.example", subject="Welcome",
        raw=_mail("support@localhost", "rose@acme.example"), captured_at=NOON,
    )  # fmt: skip


def _ways_in(world: World) -> dict[str, Any]:
    agent = world.people["agent"]
    TOTP.activate(agent, generate_totp_secret())
    RecoveryCodes.activate(agent)
    keeper = people.add_person(email="keeper@nowhere.example", name="Kim Keeper", by=SYSTEM, at=NOON)
    passkey = Authenticator.objects.create(
        user=keeper, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": {}}
    )
    session = UserSession.objects.create(
        user=world.people["requester"], ip="127.0.0.1", user_agent="Elsewhere", session_key="elsewhere"
    )
    return {"passkey": passkey.pk, "session": session.pk}


def get_ready(treasure: Treasure, ready: str) -> None:
    """What happens before a row: nothing, `closed`, or `closed long ago`, past reopening."""
    if ready:
        from guichet.foundation.clock import now

        days = 100 if ready.endswith("long ago") else 1
        tickets.close(treasure.ticket, by=treasure.world.actor("lead"), at=now() - timedelta(days=days))
