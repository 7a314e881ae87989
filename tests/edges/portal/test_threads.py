"""A request as its customer reads it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields, words
from tests.world import World, later


@pytest.mark.requirement(36)
@pytest.mark.requirement(50)
def test_the_conversation_stands_whole_with_agents_by_their_first_name(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    tickets.reply(ticket, body="Which **export** is it?", by=world.actor("agent"), at=later(hours=1))
    tickets.reply(ticket, body="All of them.", by=world.actor("requester"), at=later(hours=2))
    page = words(enter("requester").get(f"/requests/{ticket.pk}/"))
    said = ["Since this morning the export", "Which export is it?", "All of them."]
    assert sorted(said, key=page.index) == said
    assert "Aya Support" in page
    assert "Aya Agent" not in page


def test_what_the_staff_write_among_themselves_stays_theirs(world: World, enter: Enter) -> None:
    ticket, agent = world.ticket(), world.actor("agent")
    tickets.note(ticket, body="A zeppelin of a customer.", by=agent, at=later(hours=1))
    tickets.tag(ticket, name="difficult", by=agent, at=later(hours=1))
    tickets.take(ticket, by=agent, at=later(hours=1))
    assert "zeppelin" in str(ticket.messages.values_list("body", flat=True))
    browser = enter("requester")
    for place in ("", "history/", "participants/", "confirmation/"):
        source = browser.get(f"/requests/{ticket.pk}/{place}").content.decode()
        assert not any(word in source for word in ("zeppelin", "difficult", "internal note", "Aya Agent"))


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("new", "Our team has this request."),
        ("open", "Our team is on it."),
        ("waiting", "it is your turn"),
        ("on_hold", "On hold for now: waiting for a part"),
        ("resolved", "For us this is solved."),
        ("closed", "You can reopen it until"),
    ],
)
def test_it_says_what_is_expected_now_and_of_whom(
    world: World, enter: Enter, state: str, sentence: str
) -> None:
    at, ticket, agent = clock.now(), world.ticket(), world.actor("agent")
    if state in ("open", "waiting"):
        tickets.reply(ticket, body="Which one?", by=agent, at=at)
    if state == "open":
        tickets.reply(ticket, body="This one.", by=world.actor("requester"), at=at)
    if state == "on_hold":
        tickets.hold(ticket, reason="waiting for a part", by=agent, at=at)
    if state == "resolved":
        tickets.resolve(ticket, by=agent, at=at)
    if state == "closed":
        tickets.close(ticket, by=agent, at=at)
    ticket.refresh_from_db()
    assert ticket.state == state
    assert sentence in words(enter("requester").get(f"/requests/{ticket.pk}/"))


def test_answers_to_the_guided_questions_are_shown_under_their_questions(world: World, enter: Enter) -> None:
    ticket = world.ticket(category="billing", answers={"invoice": "2026-17", "matter": "refund"})
    page = words(enter("requester").get(f"/requests/{ticket.pk}/"))
    assert "Invoice number 2026-17" in page
    assert "What about? A refund" in page


def test_a_request_that_was_moved_keeps_its_questions(world: World, enter: Enter) -> None:
    ticket = world.ticket(category="billing", answers={"invoice": "2026-17", "matter": "refund"})
    tickets.set_category(ticket, category="technical", by=world.actor("agent"), at=later(hours=1))
    assert "Invoice number 2026-17" in words(enter("requester").get(f"/requests/{ticket.pk}/"))
    assert "What about? A refund" in words(enter("agent").get(f"/desk/tickets/{ticket.pk}/"))


@pytest.mark.requirement(15)
def test_files_stand_with_their_message(world: World, enter: Enter) -> None:
    browser = enter("requester")
    ticket = world.ticket()
    log = SimpleUploadedFile("steps.log", b"GET /exports 504", "text/plain")
    browser.post(f"/requests/{ticket.pk}/replies/", {"body": "Here it is.", "files": [log]})
    page = browser.get(f"/requests/{ticket.pk}/")
    file = ticket.attachments.get()
    assert "steps.log" in words(page)
    assert f'href="/files/{file.pk}/"' in page.content.decode()


def test_the_history_tells_every_step_that_a_customer_may_know(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    tickets.reply(ticket, body="Which one?", by=world.actor("agent"), at=later(hours=1))
    tickets.close(ticket, by=world.actor("requester"), at=later(hours=2))
    tickets.reopen(ticket, by=world.actor("requester"), at=later(hours=3))
    page = words(enter("requester").get(f"/requests/{ticket.pk}/history/"))
    steps = ["Rose Requester opened", "Aya replied", "Rose Requester closed", "Rose Requester reopened"]
    assert sorted(steps, key=page.index) == steps


def test_what_was_begun_stands_in_the_field(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    tickets.keep_draft(
        f"reply-{ticket.pk}", fields={"body": "I have"}, by=world.actor("requester"), at=later()
    )
    assert fields(enter("requester").get(f"/requests/{ticket.pk}/"))["body"] == "I have"
    assert fields(enter("administrator").get(f"/requests/{ticket.pk}/"))["body"] == ""


def test_staff_are_led_to_the_desk(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    answer = enter("agent").get(f"/requests/{ticket.pk}/")
    assert answer.headers["Location"] == f"/desk/tickets/{ticket.pk}/"


def test_the_fragments_that_go_stale_are_named_as_the_wire_names_them(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    page = enter("requester").get(f"/requests/{ticket.pk}/").content.decode()
    for part in ("timeline", "head", "foot", "people"):
        assert f'id="ticket-{ticket.pk}-{part}"' in page
    assert f'hx-trigger="live:ticket-{ticket.pk} from:body"' in page


@pytest.mark.parametrize("name", ["requester", "administrator"])
def test_its_cost_does_not_grow(world: World, enter: Enter, name: str) -> None:
    ticket, browser, counts = world.ticket(), enter(name), []
    for messages in (1, 3):
        while ticket.messages.count() < messages:
            tickets.reply(ticket, body="Again.", by=world.actor("contact"), at=later(hours=1))
            tickets.add_participant(
                ticket, person=world.person("colleague"), by=world.actor("requester"), at=later()
            )
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/requests/{ticket.pk}/")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("place", ["", "history/", "participants/", "confirmation/", "follow-ups/"])
def test_every_page_of_a_closed_one_is_within_its_cost(
    world: World, enter: Enter, past: Ticket, place: str
) -> None:
    browser = enter("requester")
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(f"/requests/{past.pk}/{place}").status_code == 200
    assert len(asked) <= 8
