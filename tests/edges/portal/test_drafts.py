"""What is typed outlives a reload, an error and a sign-out, and is its author's alone."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Draft, Message
from guichet.foundation import clock
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields, words
from tests.world import World, later

JSON = "application/json"


def test_typed_today_found_again_after_signing_out(world: World, enter: Enter) -> None:
    browser = enter("requester")
    body = json.dumps({"subject": "The exp", "category": "technical", "answer-browser": "Firefox"})
    assert browser.put("/drafts/new/", body, content_type=JSON).status_code == 204
    browser.logout()
    kept = fields(enter("requester").get("/requests/new/"))
    assert (kept["subject"], kept["category"], kept["answer-browser"]) == ("The exp", "technical", "Firefox")


def test_what_is_posted_as_json_is_read_as_json(world: World, enter: Enter) -> None:
    browser = enter("requester")
    assert browser.post("/drafts/new/", {"subject": "The exp"}, content_type=JSON).status_code == 204
    assert Draft.objects.get().fields == {"subject": "The exp"}


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


def upload(browser: Client, name: str) -> str:
    answer = browser.post(f"/files/?name={name}", b"words", content_type="application/octet-stream")
    return str(answer.json()["id"])


def test_an_answer_comes_back_with_its_files(world: World, enter: Enter) -> None:
    ticket, browser = world.ticket(), enter("requester")
    file = upload(browser, "steps.log")
    body = json.dumps({"body": "I have", "attachments": file})
    browser.put(f"/drafts/reply-{ticket.pk}/", body, content_type=JSON)
    page = browser.get(f"/requests/{ticket.pk}/")
    assert (fields(page)["attachments"], "steps.log" in words(page)) == (file, True)
    browser.post(f"/requests/{ticket.pk}/replies/", fields(page))
    assert Attachment.objects.get().message == Message.objects.latest("id")
    assert fields(browser.get(f"/requests/{ticket.pk}/"))["attachments"] == ""


@pytest.mark.parametrize("address", ["/requests/{}/", "/requests/{}/follow-ups/", "/requests/new/"])
def test_a_file_that_a_draft_has_outlived_is_missed_once(world: World, enter: Enter, address: str) -> None:
    ticket, browser = world.ticket(), enter("requester")
    if "follow" in address:
        tickets.close(ticket, by=world.actor("requester"), at=clock.now() - timedelta(days=31))
    gone, here = upload(browser, "gone.log"), upload(browser, "here.log")
    draft = {"attachments": f"{gone} {here}", "body": "I have"}
    key = "new" if "new" in address else f"reply-{ticket.pk}"
    browser.put(f"/drafts/{key}/", json.dumps(draft), content_type=JSON)
    browser.post(f"/files/{gone}/removal/")
    address = address.format(ticket.pk)
    page = browser.get(address)
    # The script is told of both, finds no chip of the first, and says so.
    assert fields(page)["attachments"] == f"{gone} {here}"
    assert ("here.log" in words(page), "gone.log" in words(page)) == (True, False)
    to = f"{address}replies/" if address == f"/requests/{ticket.pk}/" else address
    good = {"category": "technical", "subject": "S", "description": "Long enough it is.", "body": "I have"}
    told = browser.post(to, {**fields(page), **good})
    assert told.status_code == 422
    assert "A file is no longer there. Please attach it again." in words(told)
    assert fields(told)["attachments"] == here
    assert browser.post(to, {**fields(told), **good}).status_code == 302
    assert Attachment.objects.get().message == Message.objects.latest("id")


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
