"""A request and everything beside it."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.domain.policy import queries as policy
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.domain.tickets.queries import aside_of
from guichet.reactions import worker
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Cause, State
from tests.edges.desk.conftest import Enter
from tests.world import NOON, World, later


def grown(world: World, size: int) -> Ticket:
    """A request with `size` of everything."""
    me, ticket = world.actor("agent"), world.ticket(at=NOON)
    for number, name in zip(range(size), ("colleague", "contact", "stranger"), strict=False):
        at = later(minutes=1 + number)
        tickets.reply(ticket, body=f"Answer {number}", by=me, at=at)
        tickets.note(ticket, body=f"Note {number}", by=me, at=at)
        tickets.tag(ticket, name=f"tag-{number}", by=me, at=at)
        tickets.add_participant(ticket, person=world.person(name), by=me, at=at)
        world.ticket(subject=f"Another {number}", at=at)
    draft = {"body": "Half a", "attachments": " ".join(str(uuid4()) for _ in range(size))}
    tickets.keep_draft(f"reply-{ticket.pk}", fields=draft, by=me, at=NOON)
    worker.drain()
    return Ticket.objects.get(pk=ticket.pk)


@pytest.mark.parametrize("size", [1, 3])
def test_pages_cost_the_same_at_any_length(
    world: World, agent: Client, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The policy is asked for again every other second, which a busy machine can take for one page.
    monkeypatch.setattr(policy, "_FRESH_SECONDS", 3600.0)
    ticket = grown(world, size)
    costs = {}
    for name, address, headers in (
        ("list", "/desk/open/", {}),
        ("page", f"/desk/tickets/{ticket.pk}/", {}),
        ("piece", f"/desk/tickets/{ticket.pk}/", {"HX-Request": "true"}),
        ("refresh", f"/desk/tickets/{ticket.pk}/thread/", {"HX-Request": "true"}),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert agent.get(address, headers=headers).status_code == 200
        costs[name] = len(queries)
    assert costs == {"list": 5, "page": 8, "piece": 8, "refresh": 8}


def test_beside_the_conversation_stands_who_asks_and_what_else(world: World, agent: Client) -> None:
    ticket = grown(world, 3)
    page = agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    for words in (
        "Rose Requester",
        "Acme",
        "rose@acme.example",
        "premium",
        "France",
        "English",
        "tag-0",
        "tag-2",
        "Colin Colleague",
        "Sam Stranger",
        "Another 0",
        "Another 2",
        "Half a",
    ):
        assert words in page, words
    aside = aside_of(world.actor("agent"), ticket)
    assert [other.subject for other in aside.others] == ["Another 2", "Another 1", "Another 0"]
    assert [copied.name for copied in aside.participants] == [
        "Colin Colleague",
        "Dora Designated",
        "Sam Stranger",
    ]


def test_other_requests_out_of_reach_are_not_told(world: World, agent: Client) -> None:
    ticket, other = world.ticket(), world.ticket(subject="A secret of billing")
    assert b"A secret of billing" in agent.get(f"/desk/tickets/{ticket.pk}/").content
    tickets.assign(other, to=None, team=world.teams["billing"], by=world.actor("lead"), at=NOON)
    assert b"A secret of billing" not in agent.get(f"/desk/tickets/{ticket.pk}/").content


def test_a_draft_is_its_authors_alone(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    for kind in ("reply", "note"):
        tickets.keep_draft(
            f"{kind}-{ticket.pk}", fields={"body": f"my {kind}"}, by=world.actor("agent"), at=NOON
        )
    mine = enter("agent").get(f"/desk/tickets/{ticket.pk}/").content
    theirs = enter("lead").get(f"/desk/tickets/{ticket.pk}/").content
    assert (b"my reply" in mine, b"my note" in mine) == (True, True)
    assert (b"my reply" in theirs, b"my note" in theirs) == (False, False)


def test_a_script_gets_the_conversation_and_its_side(world: World, agent: Client) -> None:
    ticket = world.ticket(subject="Only this")
    piece = agent.get(
        f"/desk/tickets/{ticket.pk}/?view=open", headers={"HX-Request": "true"}
    ).content.decode()
    assert f"<title>#{ticket.pk} Only this</title>" in piece
    assert '<div id="desk-side" hx-swap-oob="innerHTML">' in piece
    assert "<html" not in piece


def test_a_refresh_never_touches_what_is_being_written(world: World, agent: Client) -> None:
    ticket = world.ticket()
    piece = agent.get(f"/desk/tickets/{ticket.pk}/thread/", headers={"HX-Request": "true"}).content.decode()
    replaced = re.findall(r'id="([^"]+)"[^>]*hx-swap-oob', piece)
    assert replaced == [f"ticket-{ticket.pk}-{part}" for part in ("head", "thread", "side", "reply-read")]


def test_how_each_mail_fares_stands_on_its_message(world: World, agent: Client) -> None:
    ticket = world.ticket()
    tickets.reply(ticket, body="Please try again.", by=world.actor("agent"), at=NOON)
    worker.drain()
    address = f"/desk/tickets/{ticket.pk}/"
    assert "Rose Requester: Sent" in agent.get(address).content.decode()
    mails = Delivery.objects.filter(kind="reply")
    assert mails.count() == 1
    mails.update(
        state=State.QUEUED, attempts=2, next_try_at=later(hours=1), cause=Cause.POSTPONED, sent_at=None
    )
    page = agent.get(address).content.decode()
    assert "Rose Requester: next try" in page
    assert "asked us to try again later" in page
    mails.update(state=State.FAILED, next_try_at=None, cause=Cause.REFUSED, failure="550 no such <b>user</b>")
    page = agent.get(address).content.decode()
    assert "Rose Requester: Failed" in page
    assert "550 no such &lt;b&gt;user&lt;/b&gt;" in page


def test_what_came_after_a_request_and_before_it_is_linked(world: World, agent: Client) -> None:
    ticket, me = world.ticket(), world.actor("agent")
    tickets.close(ticket, by=me, at=NOON)
    later_one = tickets.follow_up(ticket, body="It is back again.", by=me, at=NOON + timedelta(days=90))
    assert (
        f'href="/desk/tickets/{later_one.pk}/?view=unassigned"'
        in agent.get(f"/desk/tickets/{ticket.pk}/").content.decode()
    )
    assert (
        f'href="/desk/tickets/{ticket.pk}/?view=unassigned"'
        in agent.get(f"/desk/tickets/{later_one.pk}/").content.decode()
    )


def test_the_history_tells_every_step(world: World, agent: Client) -> None:
    ticket, me = world.ticket(), world.actor("agent")
    tickets.take(ticket, by=me, at=NOON)
    tickets.hold(ticket, reason="Waiting for parts", by=me, at=NOON)
    page = agent.get(f"/desk/tickets/{ticket.pk}/history/").content.decode()
    for words in (
        "<b>Rose Requester</b> opened the request",
        "<b>Aya Agent</b> took it",
        "put it on hold: Waiting for parts",
    ):
        assert words in page, words
