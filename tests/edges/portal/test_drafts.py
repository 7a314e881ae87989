"""What is typed outlives a reload, an error and a sign-out, and is its author's alone."""

import json

import pytest
from django.test import Client

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Draft
from guichet.foundation import clock
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields
from tests.world import World, later

JSON = "application/json"


def test_typed_today_found_again_after_signing_out(world: World, enter: Enter) -> None:
    browser = enter("requester")
    body = json.dumps({"subject": "The exp", "category": "technical", "answer-browser": "Firefox"})
    assert browser.put("/drafts/new/", body, content_type=JSON).status_code == 204
    browser.logout()
    kept = fields(enter("requester").get("/requests/new/"))
    assert (kept["subject"], kept["category"], kept["answer-browser"]) == ("The exp", "technical", "Firefox")


def test_a_form_may_be_posted_as_it_is(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    browser = enter("requester")
    assert (
        browser.post(f"/drafts/reply-{ticket.pk}/", {"body": "I have", "client_key": "x"}).status_code == 204
    )
    assert Draft.objects.get().fields == {"body": "I have"}
    assert fields(browser.get(f"/requests/{ticket.pk}/"))["body"] == "I have"
    left = browser.post(f"/drafts/reply-{ticket.pk}/removal/")
    assert left.headers["Location"] == f"/requests/{ticket.pk}/"
    assert not Draft.objects.exists()


def test_a_draft_emptied_is_gone(world: World, enter: Enter) -> None:
    browser = enter("requester")
    browser.put("/drafts/new/", json.dumps({"subject": "The exp"}), content_type=JSON)
    browser.put("/drafts/new/", json.dumps({"subject": "", "description": " "}), content_type=JSON)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "key", ["reply-{foreign}", "reply-999999", "reply-0", "note-{own}", "other", "new-1"]
)
def test_no_draft_where_its_author_could_not_send_it(world: World, enter: Enter, key: str) -> None:
    key = key.format(own=world.ticket().pk, foreign=world.ticket("foreigner").pk)
    browser = enter("requester")
    assert browser.put(f"/drafts/{key}/", "{}", content_type=JSON).status_code == 404
    assert browser.post(f"/drafts/{key}/removal/").status_code == 404
    assert not Draft.objects.exists()


def test_the_desk_keeps_its_drafts_at_the_same_door(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    for key in (f"note-{ticket.pk}", f"reply-{ticket.pk}"):
        answer = enter("agent").put(f"/drafts/{key}/", '{"body": "Hm"}', content_type=JSON)
        assert answer.status_code == 204


def test_a_draft_needs_the_token_of_its_page(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.person("requester"))
    assert browser.put("/drafts/new/", '{"subject": "x"}', content_type=JSON).status_code == 403
    assert not Draft.objects.exists()


def test_old_drafts_are_purged(world: World, enter: Enter) -> None:
    tickets.keep_draft("new", fields={"subject": "Old"}, by=world.actor("colleague"), at=later())
    enter("requester").put("/drafts/new/", '{"subject": "New"}', content_type=JSON)
    assert tickets.purge_drafts(at=clock.now()) == 1
    assert Draft.objects.get().fields == {"subject": "New"}
