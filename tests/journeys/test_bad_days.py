"""Double clicks, ended sessions, files that are too large: nothing is doubled, and nothing typed is lost."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from .conftest import Town, Visit, Visitor

pytestmark = [pytest.mark.services, pytest.mark.timeout(120)]
WORDS = "Since this morning the export of contacts stays empty."


def filled(visit: Visit, subject: str) -> Visitor:
    customer = visit("customer", "en")
    customer.go("/requests/new/?category=other")
    customer.page.locator("#field-subject").fill(subject)
    customer.page.locator("#field-description").fill(WORDS)
    return customer


def count(town: Town, subject: str) -> int:
    return int(town.ask("SELECT count(*) FROM tickets_ticket WHERE subject = ?", subject)[0][0])


def test_two_clicks_and_the_way_back_make_one_request(visit: Visit, town: Town) -> None:
    customer = filled(visit, "Clicked twice")
    page = customer.page
    page.get_by_role("button", name="Send the request").dblclick()
    page.wait_for_url("**/confirmation/")
    number = page.locator(".arrived__number").text_content()
    # Back in the form, the words are there again, and so is the key under which they were sent.
    page.go_back()
    page.wait_for_url("**/requests/new/**")
    expect(page.locator("#field-description")).to_have_value(WORDS)
    customer.press("Send the request")
    page.wait_for_url("**/confirmation/")
    assert page.locator(".arrived__number").text_content() == number
    assert count(town, "Clicked twice") == 1


def test_what_was_refused_is_a_draft_even_if_it_was_sent_as_soon_as_typed(visit: Visit) -> None:
    customer = filled(visit, "Refused")
    page = customer.page
    page.locator("#field-description").fill("Short")
    customer.press("Send the request")
    expect(page.locator("#error-summary")).to_be_visible()
    customer.go("/requests/new/")
    expect(page.locator("#field-subject")).to_have_value("Refused")
    expect(page.locator("#field-description")).to_have_value("Short")
    expect(page.locator("[data-draft-note]")).not_to_be_empty()
    # The town is everybody's: the next to ask finds an empty form.
    page.reload()
    customer.press("Begin afresh")
    expect(page.locator("#field-subject")).to_have_value("")


def test_a_session_that_ended_gives_the_words_back(visit: Visit, town: Town) -> None:
    customer = filled(visit, "Session ended")
    cookies: Any = customer.context.cookies()
    customer.context.clear_cookies(name="session")
    customer.press("Send the request")
    expect(customer.page.locator("main")).to_contain_text(WORDS)
    assert count(town, "Session ended") == 0
    # Signed in again, they stand where they were typed.
    customer.context.add_cookies(cookies)
    customer.page.get_by_role("link", name="Sign in").click()
    customer.page.wait_for_url("**/requests/new/?category=other")
    expect(customer.page.locator("#field-subject")).to_have_value("Session ended")
    expect(customer.page.locator("#field-description")).to_have_value(WORDS)
    customer.press("Send the request")
    customer.page.wait_for_url("**/confirmation/")
    assert count(town, "Session ended") == 1


def test_a_session_that_ended_at_the_desk_leaves_the_words_in_their_place(visit: Visit, town: Town) -> None:
    number = town.requests["en"]["talked"]
    agent = visit("lead", "en")
    agent.go(f"/desk/tickets/{number}/")
    reply = agent.page.locator(f"#ticket-{number}-reply-body")
    reply.fill("These words took me an hour.")
    agent.context.clear_cookies(name="session")
    agent.press("Send")
    expect(agent.page.locator(".flash, [role=alert]").first).to_be_visible()
    expect(reply).to_have_value("These words took me an hour.")


@pytest.mark.requirement(15)
def test_a_file_shows_how_far_it_is_and_can_be_called_off(visit: Visit, town: Town, tmp_path: Path) -> None:
    customer = filled(visit, "With a slow file")
    page = customer.page
    slowly = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 100_000}
    customer.context.new_cdp_session(page).send("Network.emulateNetworkConditions", slowly)
    file = tmp_path / "long.log"
    file.write_bytes(b"x" * 2_000_000)
    page.locator("#field-attachments").set_input_files(file)
    chip = page.locator(".picker .file", has_text="long.log")
    expect(chip.locator("progress")).to_be_visible()
    expect(chip.locator("progress")).not_to_have_js_property("value", 0)
    chip.get_by_role("button", name="Remove long.log").click()
    expect(chip).to_have_count(0)
    expect(page.locator("[name=attachments]")).to_have_value("")
    assert town.ask("SELECT id FROM tickets_attachment WHERE name = 'long.log'") == []


def test_a_file_over_the_limit_is_refused_before_it_travels(visit: Visit, tmp_path: Path) -> None:
    customer = filled(visit, "With a large file")
    page = customer.page
    expect(page.locator("#field-attachments-hint")).to_contain_text("25 MB")
    large, empty = tmp_path / "large.iso", tmp_path / "empty.txt"
    with large.open("wb") as file:
        file.truncate(25 * 2**20 + 1)
    empty.touch()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#field-attachments").set_input_files([large, empty])
    expect(page.locator(".file--error")).to_have_count(2)
    expect(page.locator(".file--error").first).to_contain_text("This file is larger than 25 MB")
    expect(page.locator(".file--error").last).to_contain_text("This file is empty.")
    assert [address for address in sent if "/files/" in address] == []
    expect(page.locator("#field-description")).to_have_value(WORDS)
