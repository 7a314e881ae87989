"""What strangers write stays text, wherever the desk shows it."""

import re

from django.test import Client

from guichet.domain.people.models import Organisation, Person, Team
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from tests.world import World

CANARY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"


def poisoned(world: World) -> Ticket:
    """A request with the canary in every field that somebody can write."""
    me, at = world.actor("agent"), clock.now()
    Person.objects.update(name=CANARY, phone='"><script>')
    Organisation.objects.update(name=CANARY, plan=CANARY[:60])
    Team.objects.filter(name="Support").update(name=CANARY[:80])
    ticket = world.ticket(
        subject=CANARY, description=CANARY * 2, answers={"page": f"https://x/{CANARY}", "browser": CANARY}
    )
    world.ticket(subject=CANARY)
    for say in (tickets.reply, tickets.note):
        say(ticket, body=f"{CANARY}\n\n[x](javascript:alert(4)) ![y](javascript:alert(5))", by=me, at=at)
    tickets.tag(ticket, name=CANARY[:40], by=me, at=at)
    tickets.add_participant(ticket, person=world.person("colleague"), by=me, at=at)
    tickets.keep_draft(f"note-{ticket.pk}", fields={"body": f"</textarea>{CANARY}"}, by=me, at=at)
    tickets.assign(ticket, to=world.person("agent"), team=world.teams["support"], by=me, at=at)
    tickets.hold(ticket, reason=CANARY, by=me, at=at)
    return ticket


def test_nothing_anybody_writes_runs_at_the_desk(world: World, agent: Client) -> None:
    ticket = poisoned(world)
    number = ticket.pk
    message = Ticket.objects.get(pk=number).last_message_id
    for address in (
        "/desk/open/",
        "/desk/mine/",
        f"/desk/tickets/{number}/",
        f"/desk/tickets/{number}/thread/",
        f"/desk/tickets/{number}/history/",
        f"/desk/tickets/{number}/assignment/",
        f"/desk/tickets/{number}/messages/{message}/",
        "/desk/tickets/new/?person=rose@acme.example",
        "/desk/people/?person=script",
        "/desk/tags/?tag=%3Cscript",
        f"/desk/search/?q={CANARY}",
    ):
        answer = agent.get(address)
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert "alert(" in page or "&lt;script" in page or "search" in address, address
        assert "<script>" not in page, address
        assert not re.search(r"<(img|svg)[^>]*\son\w+=", page), address
        assert not re.search(r"""(href|src)=["']?\s*javascript:""", page), address


def test_a_form_that_comes_back_is_as_harmless(world: World, agent: Client) -> None:
    ticket = world.ticket()
    for resource, field in (
        ("tags", "tag"),
        ("participants", "person"),
        ("category", "category"),
        ("notes", "body"),
    ):
        typed = {field: f"</textarea>{CANARY * 300}"}
        for headers in ({}, {"HX-Request": "true"}):
            answer = agent.post(f"/desk/tickets/{ticket.pk}/{resource}/", typed, headers=headers)
            assert answer.status_code == 422, resource
            assert "<script>" not in answer.content.decode()
