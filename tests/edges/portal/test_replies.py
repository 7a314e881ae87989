"""Answering, closing with a word or without one, reopening, going on in a follow-up."""

from uuid import uuid4

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Draft, Message, Ticket
from guichet.foundation import clock
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields, words
from tests.world import World, later


@pytest.mark.requirement(50)
@pytest.mark.requirement(51)
def test_reply_leaves_the_request_with_the_team(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    tickets.reply(ticket, body="Which one?", by=world.actor("agent"), at=later(hours=1))
    browser = enter("requester")
    form = fields(browser.get(f"/requests/{ticket.pk}/"))
    sent = browser.post(f"/requests/{ticket.pk}/replies/", {**form, "body": "This one.", "then": "reply"})
    said = Message.objects.latest("id")
    assert sent.headers["Location"] == f"/requests/{ticket.pk}/#message-{said.pk}"
    ticket.refresh_from_db()
    assert (said.body, said.by_staff, ticket.state) == ("This one.", False, "open")
    assert "Your answer is sent." in words(browser.get(f"/requests/{ticket.pk}/"))


@pytest.mark.requirement(36)
@pytest.mark.requirement(51)
def test_reply_and_close_does_both(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    enter("requester").post(f"/requests/{ticket.pk}/replies/", {"body": "It works!", "then": "close"})
    ticket.refresh_from_db()
    assert (ticket.state, Message.objects.latest("id").body) == ("closed", "It works!")


@pytest.mark.requirement(36)
def test_nothing_is_closed_over_a_message_that_came_meanwhile(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    form = fields(browser.get(f"/requests/{ticket.pk}/"))
    tickets.reply(ticket, body="Which version?", by=world.actor("agent"), at=clock.now())
    browser.post(f"/requests/{ticket.pk}/replies/", {**form, "body": "It works!", "then": "close"})
    ticket.refresh_from_db()
    assert (ticket.state, Message.objects.latest("id").body) == ("open", "It works!")
    page = browser.get(f"/requests/{ticket.pk}/")
    assert "so the request stays open" in words(page)
    form = fields(page)
    browser.post(f"/requests/{ticket.pk}/replies/", {**form, "body": "And the newest.", "then": "close"})
    ticket.refresh_from_db()
    assert ticket.state == "closed"


def test_an_answer_sent_twice_is_one_and_does_not_undo_what_came_after(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    form = {"body": "It works!", "then": "close", "client_key": str(uuid4())}
    browser.post(f"/requests/{ticket.pk}/replies/", form)
    tickets.reopen(ticket, by=world.actor("requester"), at=clock.now())
    browser.post(f"/requests/{ticket.pk}/replies/", form)
    ticket.refresh_from_db()
    assert (ticket.messages.count(), ticket.state) == (2, "open")


def test_sending_drops_the_draft(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    tickets.keep_draft(f"reply-{ticket.pk}", fields={"body": "It"}, by=world.actor("requester"), at=later())
    enter("requester").post(f"/requests/{ticket.pk}/replies/", {"body": "It works!"})
    assert not Draft.objects.exists()


@pytest.mark.requirement(36)
def test_close_without_a_word(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    assert "Close without replying" in words(browser.get(f"/requests/{ticket.pk}/"))
    for _twice in range(2):
        assert browser.post(f"/requests/{ticket.pk}/closure/").status_code == 302
    ticket.refresh_from_db()
    assert ticket.state == "closed"
    assert "Close without replying" not in words(browser.get(f"/requests/{ticket.pk}/"))


def test_nothing_is_closed_with_an_answer_that_its_reader_has_not_seen(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    seen = fields(browser.get(f"/requests/{ticket.pk}/"))["having_read"]
    tickets.reply(ticket, body="One question more.", by=world.actor("agent"), at=clock.now())
    page = browser.post(f"/requests/{ticket.pk}/closure/", {"having_read": seen}, follow=True)
    assert "A new message has arrived meanwhile. Please read it first." in words(page)
    ticket.refresh_from_db()
    assert ticket.state == "waiting"
    browser.post(f"/requests/{ticket.pk}/closure/", {"having_read": fields(page)["having_read"]})
    ticket.refresh_from_db()
    assert ticket.state == "closed"


@pytest.mark.requirement(50)
@pytest.mark.requirement(52)
def test_reopen_stands_at_the_foot_and_sends_it_back_to_the_team(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    assert "Reopen" not in words(browser.get(f"/requests/{ticket.pk}/"))
    browser.post(f"/requests/{ticket.pk}/closure/")
    page = browser.get(f"/requests/{ticket.pk}/")
    assert page.content.decode().rindex("/reopening/") > page.content.decode().rindex("</article>")
    assert browser.post(f"/requests/{ticket.pk}/reopening/").status_code == 302
    ticket.refresh_from_db()
    assert (ticket.state, ticket.shelf) == ("open", "team")


def test_an_answer_reopens_a_request_within_the_window(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    browser.post(f"/requests/{ticket.pk}/closure/")
    browser.post(f"/requests/{ticket.pk}/replies/", {"body": "It is back."})
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_past_the_window_a_follow_up_is_offered_instead(world: World, enter: Enter, past: Ticket) -> None:
    browser = enter("requester")
    page = browser.get(f"/requests/{past.pk}/")
    assert "Write a follow-up" in words(page)
    assert "body" not in fields(page)
    assert "Reopen" not in words(page)
    refused = browser.post(f"/requests/{past.pk}/reopening/", follow=True)
    assert refused.redirect_chain == [(f"/requests/{past.pk}/follow-ups/", 302)]
    assert "too long ago to reopen" in words(refused)


def test_an_answer_past_the_window_is_kept_for_the_follow_up(
    world: World, enter: Enter, past: Ticket
) -> None:
    browser = enter("requester")
    answer = browser.post(f"/requests/{past.pk}/replies/", {"body": "It is back.", "then": "close"})
    assert answer.status_code == 409
    assert fields(answer)["body"] == "It is back."
    browser.post(f"/requests/{past.pk}/follow-ups/", fields(answer))
    new = Ticket.objects.latest("id")
    assert (new.follows, new.messages.get().body) == (past, "It is back.")


def test_a_follow_up_is_linked_both_ways_and_made_once(world: World, enter: Enter, past: Ticket) -> None:
    browser = enter("requester")
    form = {**fields(browser.get(f"/requests/{past.pk}/follow-ups/")), "body": "It is back."}
    first = browser.post(f"/requests/{past.pk}/follow-ups/", form)
    again = browser.post(f"/requests/{past.pk}/follow-ups/", form)
    new = Ticket.objects.latest("id")
    assert Ticket.objects.count() == 2
    assert first.headers["Location"] == again.headers["Location"] == f"/requests/{new.pk}/"
    assert new.messages.count() == 1
    assert f"request #{past.pk}" in words(browser.get(f"/requests/{new.pk}/"))
    assert f"Go to request #{new.pk}" in words(browser.get(f"/requests/{past.pk}/"))


def test_an_empty_follow_up_is_asked_for_words(world: World, enter: Enter, past: Ticket) -> None:
    answer = enter("requester").post(f"/requests/{past.pk}/follow-ups/", {"body": " "})
    assert answer.status_code == 422
    assert Ticket.objects.count() == 1


def test_a_follow_up_where_the_request_still_goes_on_is_refused_with_a_way_out(
    world: World, enter: Enter
) -> None:
    ticket, browser = world.ticket(), enter("requester")
    assert browser.get(f"/requests/{ticket.pk}/follow-ups/").headers["Location"] == f"/requests/{ticket.pk}/"
    answer = browser.post(f"/requests/{ticket.pk}/follow-ups/", {"body": "More of it."})
    assert answer.status_code == 409
    assert fields(answer)["body"] == "More of it."
    assert Ticket.objects.count() == 1
