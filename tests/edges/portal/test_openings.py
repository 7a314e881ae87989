"""Asking, from the category to the confirmation."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Attachment, Draft, Ticket
from tests.edges.portal.conftest import Enter
from tests.edges.portal.reading import fields, words
from tests.world import NOON, World

GOOD = {
    "category": "technical",
    "subject": "The export stays empty",
    "description": "Since this morning the export of contacts stays empty.",
    "answer-page": "https://app.vendor.example/exports",
}


@pytest.mark.requirement(41)
@pytest.mark.requirement(75)
def test_a_request_is_sent_in_three_steps_and_confirmed_with_its_number(world: World, enter: Enter) -> None:
    browser = enter("requester")
    assert "Something does not work." in words(browser.get("/requests/new/"))
    guided = browser.get("/requests/new/", {"category": "technical"})
    assert {"subject", "description", "answer-page", "client_key"} <= set(fields(guided))
    sent = browser.post("/requests/new/", {**fields(guided), **GOOD})
    ticket = Ticket.objects.get()
    assert sent.status_code == 302
    assert sent.headers["Location"] == f"/requests/{ticket.pk}/confirmation/"
    page = words(browser.get(sent.headers["Location"]))
    assert f"#{ticket.pk}" in page
    assert (ticket.requester, ticket.organisation) == (world.person("requester"), world.organisations["acme"])
    assert ticket.answers == {"page": "https://app.vendor.example/exports"}
    assert ticket.messages.get().body == GOOD["description"]


@pytest.mark.requirement(79)
def test_the_confirmation_says_where_the_answer_comes_and_to_look_among_the_spam(
    world: World, enter: Enter
) -> None:
    page = words(enter("requester").get(f"/requests/{world.ticket().pk}/confirmation/"))
    assert "rose@acme.example" in page
    assert "spam" in page
    assert "and answers you. We are here Monday to Friday, 9:00 to 18:00 The answer" in page


@pytest.mark.requirement(25)
@pytest.mark.requirement(42)
def test_the_form_shows_the_address_to_which_answers_go(world: World, enter: Enter) -> None:
    assert "rose@acme.example" in words(enter("requester").get("/requests/new/"))


@pytest.mark.requirement(44)
@pytest.mark.requirement(74)
def test_a_category_brings_its_tips_and_questions_and_bounds(world: World, enter: Enter) -> None:
    browser = enter("requester")
    technical = browser.get("/requests/new/", {"category": "technical"})
    billing = browser.get("/requests/new/", {"category": "billing"})
    assert "Say what you expected." in words(technical)
    assert "Say what you expected." not in words(billing)
    assert "answer-page" in fields(technical)
    assert "answer-page" not in fields(billing)
    assert {"answer-invoice", "answer-matter"} <= set(fields(billing))
    assert "Between 10 and 5,000 characters" in words(technical)
    assert "Between 10 and 200 characters" in words(billing)


def test_changing_the_category_keeps_everything_that_was_typed(world: World, enter: Enter) -> None:
    browser = enter("requester")
    key = str(uuid4())
    typed = {**GOOD, "client_key": key, "category": "billing", "then": "guide"}
    billing = browser.post("/requests/new/", typed)
    assert billing.status_code == 200
    assert fields(billing) | {"category": "technical"} == fields(billing) | GOOD | {"client_key": key}
    assert "Please correct" not in words(billing)
    back = browser.post("/requests/new/", {**fields(billing), "category": "technical", "then": "guide"})
    assert fields(back)["answer-page"] == GOOD["answer-page"]
    assert not Ticket.objects.exists()


def test_all_mistakes_are_told_at_once_and_nothing_is_lost(world: World, enter: Enter) -> None:
    bad = {"category": "billing", "subject": "", "description": "Short", "answer-matter": "nonsense"}
    answer = enter("requester").post("/requests/new/", {**bad, "client_key": (key := str(uuid4()))})
    assert answer.status_code == 422
    page = words(answer)
    assert "Please correct 4 things." in page
    assert "Please write at least 10 characters" in page
    assert "This answer is needed." in page
    kept = fields(answer)
    assert (kept["description"], kept["category"], kept["client_key"]) == ("Short", "billing", key)
    for name in ("subject", "description", "answer-invoice", "answer-matter"):
        assert f'href="#field-{name}"' in answer.content.decode()
        assert f'id="field-{name}"' in answer.content.decode()
    assert not Ticket.objects.exists()


def test_a_form_sent_twice_is_one_request(world: World, enter: Enter) -> None:
    browser = enter("requester")
    form = {**GOOD, "client_key": str(uuid4())}
    first = browser.post("/requests/new/", form)
    again = browser.post("/requests/new/", form, follow=True)
    assert Ticket.objects.count() == 1
    assert again.redirect_chain == [(first.headers["Location"], 302)]
    assert "nothing was sent twice" in words(again)


def test_each_form_has_a_key_of_its_own(world: World, enter: Enter) -> None:
    browser = enter("requester")
    keys = {fields(browser.get("/requests/new/"))["client_key"] for _ in range(3)}
    assert len(keys) == 3


@pytest.mark.requirement(60)
def test_who_belongs_to_several_organisations_chooses_each_time(world: World, enter: Enter) -> None:
    people.join_organisation(world.person("requester"), world.organisations["globex"], by=SYSTEM, at=NOON)
    browser = enter("requester")
    assert fields(browser.get("/requests/new/"))["organisation"] == ""
    unsaid = browser.post("/requests/new/", {**GOOD, "subject": ""})
    assert unsaid.status_code == 422
    assert "Please correct 2 things." in words(unsaid)
    browser.post("/requests/new/", {**GOOD, "organisation": world.organisations["globex"].pk})
    assert Ticket.objects.get().organisation == world.organisations["globex"]


def test_who_belongs_to_one_or_none_is_not_asked(world: World, enter: Enter) -> None:
    for name in ("requester", "stranger"):
        browser = enter(name)
        assert "organisation" not in fields(browser.get("/requests/new/"))
        assert browser.post("/requests/new/", GOOD).status_code == 302


def test_nobody_asks_for_a_company_that_is_not_theirs(world: World, enter: Enter) -> None:
    for name in ("stranger", "foreigner", "requester"):
        other = world.organisations["globex" if name == "requester" else "acme"]
        answer = enter(name).post("/requests/new/", {**GOOD, "organisation": other.pk})
        assert answer.status_code == 403
        assert GOOD["description"] in words(answer)
    assert not Ticket.objects.exists()


def test_a_draft_comes_back_and_can_be_dropped(world: World, enter: Enter) -> None:
    tickets.keep_draft(
        "new",
        fields={"category": "technical", "subject": "The exp", "answer-browser": "Firefox"},
        by=world.actor("requester"),
        at=NOON,
    )
    browser = enter("requester")
    kept = fields(browser.get("/requests/new/"))
    assert (kept["category"], kept["subject"], kept["answer-browser"]) == ("technical", "The exp", "Firefox")
    assert fields(enter("colleague").get("/requests/new/"))["subject"] == ""
    assert browser.post("/drafts/new/removal/").headers["Location"] == "/requests/new/"
    assert fields(browser.get("/requests/new/"))["subject"] == ""


def test_sending_drops_the_draft(world: World, enter: Enter) -> None:
    tickets.keep_draft("new", fields={"subject": "The exp"}, by=world.actor("requester"), at=NOON)
    enter("requester").post("/requests/new/", GOOD)
    assert not Draft.objects.exists()


@pytest.mark.requirement(15)
def test_files_travel_with_the_form_where_there_is_no_script(world: World, enter: Enter) -> None:
    browser = enter("requester")
    log = SimpleUploadedFile("steps.log", b"GET /exports 504", "text/plain")
    bad = browser.post("/requests/new/", {**GOOD, "subject": "", "files": [log]})
    assert bad.status_code == 422
    assert "steps.log" in words(bad)
    browser.post("/requests/new/", {**fields(bad), "subject": "Now with one"})
    assert Attachment.objects.get().ticket == Ticket.objects.get()


def test_a_file_too_large_is_told_beside_the_other_mistakes_and_nothing_is_sent(
    world: World, enter: Enter
) -> None:
    huge = SimpleUploadedFile("huge.bin", b"x" * (1024 * 1024 + 1))
    answer = enter("requester").post("/requests/new/", {**GOOD, "files": [huge]})
    assert answer.status_code == 422
    assert "larger than" in words(answer)
    assert fields(answer)["description"] == GOOD["description"]
    assert not Ticket.objects.exists()


def test_nobody_sends_somebody_elses_file(world: World, enter: Enter) -> None:
    owner = enter("colleague")
    sent = owner.post("/files/?name=secret.txt", b"secret words", content_type="application/octet-stream")
    assert sent.status_code == 201
    answer = enter("requester").post("/requests/new/", {**GOOD, "attachments": sent.json()["id"]})
    assert answer.status_code == 422
    assert "secret.txt" not in words(answer)
    assert not Ticket.objects.exists()
    assert owner.post("/requests/new/", {**GOOD, "attachments": sent.json()["id"]}).status_code == 302


def test_a_post_without_its_token_is_refused_and_handed_back(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.person("requester"))
    answer = browser.post("/requests/new/", GOOD)
    assert answer.status_code == 403
    assert GOOD["description"] in words(answer)
    assert not Ticket.objects.exists()


def test_what_was_sent_after_a_session_ended_is_handed_back(world: World) -> None:
    answer = Client().post("/requests/new/", GOOD)
    assert answer.status_code == 403
    assert GOOD["description"] in words(answer)
    assert not Ticket.objects.exists()
