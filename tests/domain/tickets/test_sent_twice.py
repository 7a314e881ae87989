"""What comes with a form that had been sent already: nothing of it stays behind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Draft, Ticket
from guichet.domain.tickets.states import Channel
from guichet.foundation.storage import files
from tests.world import NOON, World, later

Send = Callable[..., object]


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def file(world: World, who: str) -> UUID:
    stored = files.store([b"The log."], limit=100)
    kept = tickets.attach(stored, name="log.txt", media_type="text/plain", by=world.actor(who), at=NOON)
    return kept.pk


def pending() -> list[UUID]:
    return list(Attachment.objects.filter(message=None).values_list("pk", flat=True))


def opening(world: World, **form: Any) -> object:
    return world.ticket(**form)


def replying(world: World, **form: Any) -> object:
    return tickets.reply(
        Ticket.objects.earliest("id"), body="Here.", by=world.actor("requester"), at=NOON, **form
    )


def noting(world: World, **form: Any) -> object:
    return tickets.note(Ticket.objects.earliest("id"), body="Here.", by=world.actor("agent"), at=NOON, **form)


def following_up(world: World, **form: Any) -> object:
    old = Ticket.objects.earliest("id")
    if not old.is_done:
        tickets.close(old, by=world.actor("agent"), at=NOON)
    at = later(days=100)
    return tickets.follow_up(old, body="Once more.", by=world.actor("requester"), at=at, **form)


@pytest.mark.parametrize(
    "way",
    [
        (opening, "requester", "new"),
        (replying, "requester", "reply-{0}"),
        (noting, "agent", "note-{0}"),
        (following_up, "requester", "reply-{0}"),
    ],
)
def test_a_form_sent_again_leaves_neither_files_nor_a_draft(
    world: World, way: tuple[Send, str, str], tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send, who, draft = way
    draft = draft.format(world.ticket().pk)
    form = {"client_key": uuid4(), "attachments": [file(world, who)]}
    first = send(world, **form)
    sent = Attachment.objects.get()
    another = file(world, who)
    tickets.keep_draft(draft, fields={"body": "Here."}, by=world.actor(who), at=NOON)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(world, **{**form, "attachments": [sent.pk, file(world, who)]}) == first
    sent.refresh_from_db()
    assert (sent.is_pending, pending()) == (False, [another])
    assert not Draft.objects.exists()
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 2


def test_what_somebody_else_has_not_sent_yet_is_left_alone(world: World) -> None:
    world.ticket()
    form = {"client_key": uuid4()}
    replying(world, **form)
    theirs = file(world, "colleague")
    replying(world, **form, attachments=[theirs])
    assert pending() == [theirs]


def test_a_file_taken_back_twice_is_gone_once(world: World) -> None:
    kept = Attachment.objects.get(pk=file(world, "requester"))
    for _twice in range(2):
        tickets.discard(kept, by=world.actor("requester"))
    assert pending() == []


def test_a_mail_leaves_what_is_being_typed(world: World) -> None:
    ticket, me = world.ticket(), world.actor("requester")
    tickets.keep_draft(f"reply-{ticket.pk}", fields={"body": "In the por"}, by=me, at=NOON)
    tickets.reply(ticket, body="By mail.", channel=Channel.EMAIL, by=me, at=NOON)
    assert Draft.objects.get().fields == {"body": "In the por"}


def test_who_opens_a_request_for_a_customer_keeps_their_own_draft(world: World) -> None:
    tickets.keep_draft("new", fields={"subject": "My own"}, by=world.actor("agent"), at=NOON)
    organisation = world.organisations["acme"].pk
    world.ticket("agent", requester=world.person("requester"), organisation_id=organisation)
    assert Draft.objects.get().fields == {"subject": "My own"}
