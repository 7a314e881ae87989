"""Opening for a customer, searching, looking after mail."""

from uuid import uuid4

import pytest
from django.test import Client

from guichet.domain.people.models import Person
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Draft, Ticket
from guichet.domain.timeline.models import Event
from guichet.reactions import worker
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.states import Cause, State
from tests.edges.desk.conftest import Enter
from tests.world import NOON, World

NEW = "/desk/tickets/new/"


def test_a_request_is_opened_for_a_customer(world: World, agent: Client) -> None:
    answer = agent.post(NEW, {"person": "rose requester", "category": "billing"})
    assert answer.headers["Location"] == f"{NEW}?person=rose%40acme.example&category=billing"
    page = agent.get(answer.headers["Location"]).content.decode()
    assert all(words in page for words in ("Rose Requester", "Acme", "Invoice number", "A refund"))
    filled = {
        "person": "rose@acme.example",
        "category": "billing",
        "subject": "Called about an invoice",
        "description": "She was charged **twice**.",
        "organisation": world.organisations["acme"].pk,
        "answer-invoice": "F-12",
        "client_key": str(uuid4()),
    }
    for _try in range(2):
        answer = agent.post(NEW, filled)
    ticket = Ticket.objects.get()
    assert answer.headers["Location"] == f"/desk/tickets/{ticket.pk}/?view=unassigned"
    assert (ticket.requester, ticket.organisation) == (world.person("requester"), world.organisations["acme"])
    assert (ticket.answers, ticket.channel) == ({"invoice": "F-12"}, "desk")


def test_what_an_agent_had_begun_for_a_customer_is_found_again(world: World, agent: Client) -> None:
    rose = world.person("requester")
    file = agent.generic("POST", "/files/?name=call.txt", b"words", "application/octet-stream").json()["id"]
    begun = {"subject": "Called", "description": "She was", "answer-invoice": "F-12", "attachments": file}
    key = f"for-{rose.pk}"
    assert agent.put(f"/drafts/{key}/", begun, content_type="application/json").status_code == 204
    page = agent.get(f"{NEW}?person={rose.email}&category=billing").content.decode()
    assert all(
        words in page for words in ('value="Called"', "She was</textarea>", 'value="F-12"', "call.txt")
    )
    assert "Called" not in agent.get(f"{NEW}?person=colin@acme.example&category=billing").content.decode()
    filled = {**begun, "person": rose.email, "category": "billing", "description": "She was charged twice."}
    agent.post(NEW, {**filled, "organisation": world.organisations["acme"].pk, "client_key": str(uuid4())})
    assert (Ticket.objects.get().subject, Draft.objects.count()) == ("Called", 0)


def test_what_is_missing_is_told_and_what_was_typed_kept(world: World, agent: Client) -> None:
    typed = {"person": "rose@acme.example", "category": "billing", "subject": "Kept", "description": "short"}
    answer = agent.post(NEW, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="Kept"' in page
    assert ("This answer is needed." in page, "Please write at least 10 characters" in page) == (True, True)
    assert Ticket.objects.count() == 0


def test_only_the_customers_own_company_can_be_named(world: World, agent: Client) -> None:
    typed = {
        "person": "rose@acme.example",
        "category": "technical",
        "subject": "S",
        "description": "Long enough to be one.",
        "organisation": world.organisations["globex"].pk,
    }
    assert (agent.post(NEW, typed).status_code, Ticket.objects.count()) == (422, 0)


def test_a_new_address_is_added_by_a_lead_and_by_posting_only(
    world: World, agent: Client, enter: Enter
) -> None:
    unknown = {"person": "new@acme.example", "category": "technical"}
    assert agent.post(NEW, unknown).status_code == 422
    assert enter("lead").get(NEW, unknown).status_code == 422
    assert not Person.objects.filter(email="new@acme.example").exists()
    assert enter("lead").post(NEW, unknown).status_code == 302
    assert Person.objects.filter(email="new@acme.example").exists()


def test_a_number_opens_its_request(world: World, agent: Client) -> None:
    ticket = world.ticket()
    answer = agent.get("/desk/search/", {"q": f"#{ticket.pk}", "view": "mine"})
    assert answer.headers["Location"] == f"/desk/tickets/{ticket.pk}/?view=mine"
    assert agent.get("/desk/search/", {"q": "#999999"}).status_code == 200


def test_words_find_requests_in_reach(world: World, agent: Client, enter: Enter) -> None:
    ticket = world.ticket(subject="Zeppelin export")
    worker.drain()
    assert b"Zeppelin export" in agent.get("/desk/search/?q=zeppelin").content
    tickets.assign(ticket, to=None, team=world.teams["billing"], by=world.actor("lead"), at=NOON)
    assert b"Zeppelin export" in enter("lead").get("/desk/search/?q=zeppelin").content
    assert b"Zeppelin export" not in agent.get("/desk/search/?q=zeppelin").content
    assert f"/desk/tickets/{ticket.pk}/" not in agent.get(f"/desk/search/?q=%23{ticket.pk}").content.decode()


@pytest.mark.parametrize("text", ["", "\0", "'", '"', "a" * 10_000, "%", "NEAR(", "🎉"])
def test_any_text_can_be_searched(world: World, agent: Client, text: str) -> None:
    assert agent.get("/desk/search/", {"q": text}).status_code == 200


@pytest.fixture
def trouble(world: World) -> Delivery:
    """A mail that was given up, and an event whose reactions were."""
    world.ticket(subject="Unlucky")
    worker.drain()
    mail = Delivery.objects.get()
    Delivery.objects.update(
        state=State.FAILED, failed_at=NOON, next_try_at=None, cause=Cause.REFUSED, failure="550 <b>no</b>"
    )
    Event.objects.filter(kind="ticket_opened").update(
        reacted_at=None, next_try_at=None, failure="KeyError: 'x'"
    )
    return mail


def test_leads_see_what_failed_and_try_again(trouble: Delivery, enter: Enter) -> None:
    lead = enter("lead")
    page = lead.get("/desk/mail/").content.decode()
    assert all(
        words in page for words in ("Unlucky", "refused this e-mail", "550 &lt;b&gt;no&lt;/b&gt;", "KeyError")
    )
    assert lead.post(f"/desk/mail/sends/{trouble.pk}/retry/").headers["Location"] == "/desk/mail/"
    event = Event.objects.get(kind="ticket_opened")
    assert lead.post(f"/desk/mail/events/{event.pk}/retry/").headers["Location"] == "/desk/mail/"
    trouble.refresh_from_db()
    event.refresh_from_db()
    assert (trouble.state, event.next_try_at is None) == (State.QUEUED, False)
    assert "All mail is well" in lead.get("/desk/mail/").content.decode()


def test_other_agents_do_not_see_raw_mail(trouble: Delivery, agent: Client) -> None:
    assert agent.get("/desk/mail/").status_code == 404
    assert agent.post(f"/desk/mail/sends/{trouble.pk}/retry/").status_code == 404
    trouble.refresh_from_db()
    assert trouble.state == State.FAILED
    assert b'href="/desk/mail/"' not in agent.get("/desk/open/").content
