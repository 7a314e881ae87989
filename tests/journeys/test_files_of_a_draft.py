"""A file chosen for a form: still there after a reload, seen before it is sent, and sent once."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .conftest import Town, Visit, Visitor
from .test_at_the_desk import opened
from .test_from_question_to_answer_and_back import PASTE

pytestmark = [pytest.mark.services, pytest.mark.timeout(120)]
WORDS = "Since this morning the export of contacts stays empty."


def filled(visit: Visit, subject: str) -> Visitor:
    customer = visit("customer", "en")
    customer.go("/requests/new/?category=other")
    customer.page.locator("#field-subject").fill(subject)
    customer.page.locator("#field-description").fill(WORDS)
    return customer


def paste(page: Page, field: Locator) -> None:
    field.evaluate(PASTE)
    expect(form_of(field).locator(".file__progress")).to_have_count(0)
    expect(chips(field)).to_have_count(1)
    expect(chips(field).first).to_contain_text("Screenshot")


def form_of(field: Locator) -> Locator:
    return field.locator("xpath=ancestor::form")


def chips(field: Locator) -> Locator:
    return form_of(field).locator(".picker .file")


def kept(field: Locator) -> Locator:
    """What says when the draft was kept."""
    return form_of(field).locator("[data-draft-note]")


def refuse(route: Route) -> None:
    route.fulfill(status=409) if route.request.method == "PUT" else route.continue_()


def sent(town: Town, number: int) -> list[tuple[str, str]]:
    """The files of a request, with the words that they came with."""
    query = """
        SELECT message.body, file.name FROM tickets_attachment file
        JOIN tickets_message message ON message.id = file.message_id
        WHERE file.ticket_id = ? ORDER BY file.created_at
    """
    return [(str(body), str(name)[:10]) for body, name in town.ask(query, number)]


def number_of(page: Page) -> int:
    page.wait_for_url("**/confirmation/")
    return int((page.locator(".arrived__number").text_content() or "").strip()[1:])


@pytest.mark.requirement(15)
def test_pasted_and_reloaded_at_once_it_is_shown_before_it_is_sent(visit: Visit, town: Town) -> None:
    customer = filled(visit, "Reloaded at once")
    page, field = customer.page, customer.page.locator("#field-description")
    page.route("**/drafts/new/", refuse)  # so that the browser alone knows of it
    paste(page, field)
    page.reload()
    expect(field).to_have_value(WORDS)
    expect(chips(field)).to_have_count(1)
    expect(chips(field)).to_contain_text("Screenshot")
    expect(chips(field).locator("img")).to_be_visible()
    customer.press("Send the request")
    assert sent(town, number_of(page)) == [(WORDS, "Screenshot")]


def test_taken_off_and_reloaded_at_once_it_stays_off(visit: Visit, town: Town) -> None:
    customer = filled(visit, "Taken off")
    page, field = customer.page, customer.page.locator("#field-description")
    paste(page, field)
    expect(kept(field)).not_to_be_empty()
    page.reload()
    expect(chips(field)).to_have_count(1)
    page.route("**/drafts/new/", refuse)
    chips(field).get_by_role("button").click()
    page.reload()
    expect(field).to_have_value(WORDS)
    expect(chips(field)).to_have_count(0)
    expect(page.locator("[data-lost]")).to_be_hidden()
    customer.press("Send the request")
    assert sent(town, number_of(page)) == []


def test_an_answer_in_the_portal_keeps_its_file(visit: Visit, town: Town) -> None:
    customer, number = opened(visit, "An answer with a file")
    customer.go(f"/requests/{number}/")
    page, field = customer.page, customer.page.locator("#field-body")
    field.fill("Here it is.")
    paste(page, field)
    expect(kept(field)).not_to_be_empty()
    customer.go("/requests/")
    customer.go(f"/requests/{number}/")
    expect(field).to_have_value("Here it is.")
    expect(chips(field)).to_contain_text("Screenshot")
    customer.press("Reply")
    expect(page.locator(f"#ticket-{number}-timeline .message__files")).to_contain_text("Screenshot")
    expect(chips(field)).to_have_count(0)
    assert sent(town, number) == [("Here it is.", "Screenshot")]


@pytest.mark.parametrize(("kind", "send"), [("reply", "Send"), ("note", "Add the note")])
def test_the_composer_of_the_desk_keeps_its_file(visit: Visit, town: Town, kind: str, send: str) -> None:
    _customer, number = opened(visit, f"A {kind} with a file")
    agent = visit("lead", "en")
    page, field = agent.page, agent.page.locator(f"#ticket-{number}-{kind}-body")
    agent.go(f"/desk/tickets/{number}/")
    page.locator(f"[name=composing][value={kind}]").check(force=True)
    field.fill("See the picture.")
    paste(page, field)
    expect(kept(field)).not_to_be_empty()

    # Its chip can take a while: until then something else stands for it, and nothing is sent unseen.
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/files/*/chip/", hold)
    page.reload()
    page.locator(f"[name=composing][value={kind}]").check(force=True)
    expect(field).to_have_value("See the picture.")
    expect(chips(field)).to_contain_text("File attached earlier")
    held[0].continue_()
    expect(chips(field)).to_contain_text("Screenshot")
    page.locator(f"#ticket-{number}-{kind}").get_by_role("button", name=send, exact=True).click()
    expect(page.locator(f"#ticket-{number}-thread")).to_contain_text("See the picture.")
    expect(chips(field)).to_have_count(0)
    assert sent(town, number) == [("See the picture.", "Screenshot")]
    page.reload()
    expect(field).to_have_value("")
    expect(chips(field)).to_have_count(0)


def test_a_file_that_a_draft_has_outlived_is_missed(visit: Visit, town: Town) -> None:
    customer, number = opened(visit, "Outlived")
    agent = visit("lead", "en")
    places = [
        (customer, f"/requests/{number}/", customer.page.locator("#field-body")),
        (agent, f"/desk/tickets/{number}/", agent.page.locator(f"#ticket-{number}-reply-body")),
    ]
    for one, path, field in places:
        one.go(path)
        field.fill("See the picture.")
        paste(one.page, field)
        expect(kept(field)).not_to_be_empty()
    with closing(sqlite3.connect(town.data / "guichet.sqlite3", timeout=20)) as database, database:
        database.execute("DELETE FROM tickets_attachment WHERE message_id IS NULL")
    for one, path, field in places:
        one.go(path)
        expect(field).to_have_value("See the picture.")
        expect(form_of(field).locator("[data-lost]")).to_be_visible()
        expect(chips(field)).to_have_count(0)
        form_of(field).get_by_role("button", name="Reply" if one is customer else "Send", exact=True).click()
        expect(field).to_have_value("")
    assert sent(town, number) == []


def test_what_is_sent_while_a_file_travels_waits_for_it(visit: Visit, town: Town, tmp_path: Path) -> None:
    customer, number = opened(visit, "With a file that takes its time")
    customer.go(f"/requests/{number}/")
    page, field = customer.page, customer.page.locator("#field-body")
    slowly = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    customer.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slowly)
    file = tmp_path / "slow.log"
    file.write_bytes(b"x" * 400_000)
    field.fill("It is slow.")
    page.locator("#field-attachments").set_input_files(file)
    customer.press("Reply and close")
    expect(chips(field).locator("progress")).to_be_visible()
    expect(page.locator('.answer [aria-busy="true"]')).to_have_count(1)
    expect(page.locator(f"#ticket-{number}-timeline .message__files")).to_contain_text("slow.log")
    assert sent(town, number) == [("It is slow.", "slow.log")]
    assert town.ask("SELECT state FROM tickets_ticket WHERE id = ?", number) == [("closed",)]
