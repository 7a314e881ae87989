"""Replies and notes: sent once, never over somebody else's head, never lost."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Message, Ticket
from guichet.domain.tickets.states import State
from guichet.foundation import clock
from tests.edges.desk.conftest import Enter
from tests.world import World

SCRIPT = {"HX-Request": "true"}


def form(ticket: Ticket, body: str = "Please try **again**.", **more: Any) -> dict[str, Any]:
    having_read = Ticket.objects.get(pk=ticket.pk).last_message_id
    return {"body": body, "client_key": str(uuid4()), "having_read": having_read, **more}


def said(ticket: Ticket) -> list[str]:
    return list(Message.objects.filter(ticket=ticket).order_by("id").values_list("body", flat=True))[1:]


def test_a_reply_is_sent_and_the_page_comes_again(world: World, agent: Client) -> None:
    ticket = world.ticket()
    answer = agent.post(f"/desk/tickets/{ticket.pk}/replies/?view=open", form(ticket))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/desk/tickets/{ticket.pk}/?view=open")
    ticket.refresh_from_db()
    assert (said(ticket), ticket.state) == (["Please try **again**."], State.WAITING)
    assert "<strong>again</strong>" in agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()


def test_a_reply_can_resolve_at_once(world: World, agent: Client) -> None:
    ticket = world.ticket()
    agent.post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, then="resolve"))
    ticket.refresh_from_db()
    assert (said(ticket), ticket.state) == (["Please try **again**."], State.RESOLVED)


def test_sent_again_it_does_not_resolve_what_was_answered_since(world: World, agent: Client) -> None:
    ticket = world.ticket()
    address, typed = f"/desk/tickets/{ticket.pk}/replies/", form(ticket, then="resolve")
    agent.post(address, typed)
    tickets.reply(ticket, body="No, it stays.", by=world.actor("requester"), at=clock.now())
    assert agent.post(address, typed).status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == State.OPEN


def test_a_note_is_for_staff_and_changes_no_state(world: World, agent: Client, enter: Enter) -> None:
    ticket = world.ticket()
    agent.post(f"/desk/tickets/{ticket.pk}/notes/", form(ticket, "The customer is angry"))
    ticket.refresh_from_db()
    assert ticket.state == State.NEW
    assert b"The customer is angry" in enter("lead").get(f"/desk/tickets/{ticket.pk}/").content
    assert b"The customer is angry" not in enter("requester").get(f"/requests/{ticket.pk}/").content


@pytest.mark.parametrize("resource", ["replies", "notes"])
def test_sent_twice_it_is_one_message(world: World, agent: Client, resource: str) -> None:
    ticket = world.ticket()
    twice = form(ticket)
    for _try in range(3):
        assert agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", twice).status_code == 302
    assert said(ticket) == ["Please try **again**."]


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_message_that_came_meanwhile_is_shown_before_sending(
    world: World, agent: Client, headers: dict[str, str]
) -> None:
    ticket = world.ticket()
    address, typed = f"/desk/tickets/{ticket.pk}/replies/", form(ticket, "Is it <solved>?")
    tickets.reply(ticket, body="I found it myself!", by=world.actor("requester"), at=clock.now())
    answer = agent.post(address, typed, headers=headers)
    page = answer.content.decode()
    # htmx shows nothing that comes with a 409.
    assert answer.status_code == (422 if headers else 409)
    for words in (
        "A new message has arrived meanwhile",
        "I found it myself!",
        "Is it &lt;solved&gt;?",
        "Send anyway",
    ):
        assert words in page, words
    assert typed["client_key"] in page
    assert said(ticket) == ["I found it myself!"]
    agent.post(address, form(ticket, "Is it <solved>?", client_key=typed["client_key"]), headers=headers)
    assert said(ticket) == ["I found it myself!", "Is it <solved>?"]


def test_ones_own_note_is_nothing_new_but_what_came_before_it_is(world: World, agent: Client) -> None:
    ticket = world.ticket()
    first = ticket.last_message_id
    notes = f"/desk/tickets/{ticket.pk}/notes/"
    piece = agent.post(notes, form(ticket, "One", having_read=first), headers=SCRIPT).content.decode()
    newest = Message.objects.latest("id").pk
    assert f'name="having_read" value="{newest}" id="ticket-{ticket.pk}-reply-read"' in piece
    tickets.reply(ticket, body="Wait!", by=world.actor("requester"), at=clock.now())
    piece = agent.post(notes, form(ticket, "Two", having_read=newest), headers=SCRIPT).content.decode()
    assert f'name="having_read" value="{newest}" id="ticket-{ticket.pk}-reply-read"' in piece


@pytest.mark.parametrize("body", ["", "   ", "\u200b", "x" * 20_001])
def test_what_cannot_be_sent_comes_back_as_it_was_typed(world: World, agent: Client, body: str) -> None:
    ticket = world.ticket()
    for resource in ("replies", "notes"):
        answer = agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", form(ticket, body))
        assert answer.status_code == 422
        assert body in answer.content.decode()
        assert b"field__error" in answer.content
    assert said(ticket) == []


def test_files_go_with_the_message_also_without_a_script(world: World, agent: Client) -> None:
    ticket = world.ticket()
    upload = SimpleUploadedFile("trace.txt", b"GET / 500", "text/plain")
    agent.post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, files=upload))
    assert list(Attachment.objects.values_list("name", "ticket")) == [("trace.txt", ticket.pk)]
    assert b"trace.txt" in agent.get(f"/desk/tickets/{ticket.pk}/").content


def test_files_are_kept_when_the_form_comes_back(world: World, agent: Client) -> None:
    ticket = world.ticket()
    upload = SimpleUploadedFile("trace.txt", b"GET / 500", "text/plain")
    answer = agent.post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, "", files=upload))
    assert answer.status_code == 422
    kept = Attachment.objects.get()
    assert f'name="attachments" value="{kept.pk}"' in answer.content.decode()
    agent.post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, attachments=str(kept.pk)))
    kept.refresh_from_db()
    assert kept.ticket_id == ticket.pk


@pytest.mark.parametrize("kind", ["reply", "note"])
def test_a_drafts_files_are_given_to_the_script_alone(world: World, agent: Client, kind: str) -> None:
    ticket = world.ticket()
    posted = agent.post("/files/?name=a.txt", b"words", content_type="application/octet-stream").json()["id"]
    draft = {"body": "Half a", "attachments": f"{posted} nonsense"}
    address = f"/drafts/{kind}-{ticket.pk}/"
    assert agent.put(address, json.dumps(draft), content_type="application/json").status_code == 204
    page = agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert f'data-attachments="{posted}"' in page
    assert f'value="{posted}"' not in page
    assert page.count("The files of this draft are not attached yet.") == 1
    resource = "replies" if kind == "reply" else "notes"
    agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", form(ticket, attachments=posted))
    assert Attachment.objects.get().message == Message.objects.latest("id")
    assert posted not in agent.get(f"/desk/tickets/{ticket.pk}/").content.decode().split("desk__composer")[1]


def test_somebody_elses_file_cannot_be_sent(world: World, agent: Client, enter: Enter) -> None:
    ticket = world.ticket()
    upload = SimpleUploadedFile("secret.txt", b"secret", "text/plain")
    enter("lead").post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, "", files=upload))
    theirs = Attachment.objects.get()
    answer = agent.post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, attachments=str(theirs.pk)))
    assert (answer.status_code, b"secret.txt" in answer.content, said(ticket)) == (422, False, [])


@pytest.mark.parametrize("resource", ["replies", "notes"])
def test_a_preview_shows_and_sends_nothing(world: World, agent: Client, resource: str) -> None:
    ticket = world.ticket()
    typed = form(ticket, "**bold** <script>alert(1)</script>", then="preview")
    for headers in ({}, SCRIPT):
        answer = agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", typed, headers=headers)
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "<strong>bold</strong> &lt;script&gt;" in page
        assert "<script>alert" not in page
    assert said(ticket) == []


def test_past_the_window_the_composer_starts_a_follow_up(world: World, agent: Client) -> None:
    ticket = world.ticket()
    tickets.close(ticket, by=world.actor("agent"), at=ticket.opened_at)
    Ticket.objects.filter(pk=ticket.pk).update(done_at="2020-01-01T00:00:00Z")
    assert (
        f"/desk/tickets/{ticket.pk}/follow-ups/" in agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    )
    answer = agent.post(f"/desk/tickets/{ticket.pk}/follow-ups/", form(ticket, "It is back."))
    new = Ticket.objects.get(follows=ticket)
    assert answer.headers["Location"] == f"/desk/tickets/{new.pk}/?view=unassigned"
    assert agent.post(f"/desk/tickets/{new.pk}/follow-ups/", form(new, "No")).status_code == 409


def test_ones_own_message_is_edited_and_every_version_stays(
    world: World, agent: Client, enter: Enter
) -> None:
    ticket = world.ticket()
    agent.post(f"/desk/tickets/{ticket.pk}/replies/", form(ticket, "Teh answer"))
    message = Message.objects.latest("id")
    address = f"/desk/tickets/{ticket.pk}/messages/{message.pk}/"
    assert agent.post(address, {"body": ""}).status_code == 422
    answer = agent.post(address, {"body": "The answer"})
    assert answer.headers["Location"].endswith(f"#message-{message.pk}")
    thread = agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    assert ("The answer" in thread, "Teh answer" in thread, "Edited: 2 versions" in thread) == (
        True,
        False,
        True,
    )
    versions = enter("lead").get(address).content.decode()
    assert ("Teh answer" in versions, "<textarea" in versions) == (True, False)
    assert enter("lead").post(address, {"body": "Mine now"}).status_code == 403
    stranger = world.ticket("foreigner")
    assert agent.get(f"/desk/tickets/{stranger.pk}/messages/{message.pk}/").status_code == 404
