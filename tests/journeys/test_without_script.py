"""Everything a customer does, and an agent's answer, in a browser that runs no script at all."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from .conftest import Town, Visit, Visitor

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]


@pytest.mark.requirement(48, 50, 52, 73, 75)
def test_a_customer_and_an_agent_need_no_script(visit: Visit, town: Town, tmp_path: Path) -> None:
    screenshot = tmp_path / "screen.txt"
    screenshot.write_text("What I saw.")
    customer = visit("", "fr", 390, script=False)
    customer.address = "colleague@fr.example"
    sign_in(customer, town)
    number = ask(customer, screenshot)

    agent = visit("lead", "fr", script=False)
    answer(agent, number)

    page = customer.page
    page.reload()
    expect(page.locator(f"#ticket-{number}-timeline")).to_contain_text("Tick the box.")
    page.locator("#field-body").fill("I did; thank you.")
    customer.press("Reply")
    expect(page.locator(f"#ticket-{number}-timeline")).to_contain_text("I did; thank you.")
    add_a_colleague(customer, number)
    customer.press("Close without replying")
    customer.press("Reopen")
    customer.go(f"/requests/{number}/history/")
    assert page.locator(".steps__one").count() >= 6
    customer.go("/requests/?status=open&q=export")
    expect(page.get_by_role("link", name="The export stays empty").first).to_be_visible()
    customer.go("/profile/")
    page.locator("[name=name]").fill("Camille R.")
    customer.press("Save")
    expect(page.locator("[name=name]")).to_have_value("Camille R.")


def sign_in(customer: Visitor, town: Town) -> None:
    customer.go("/requests/new/")
    customer.page.locator("#field-email").fill(customer.address)
    customer.press("Send me a code")
    subject = customer.say("Your code to sign in to %(vendor)s", vendor="").strip()
    mail = town.mail_to(customer.address, about=subject)
    part = mail.get_body(("plain",))
    assert part
    code = re.search(r"^\d{6}$", part.get_content(), re.MULTILINE)
    assert code
    customer.page.locator("#field-code").fill(code.group())
    customer.press("Sign in")
    customer.page.wait_for_url("**/requests/new/")


def ask(customer: Visitor, file: Path) -> int:
    page = customer.page
    page.locator("[name=category][value=technical]").check()
    customer.press("Continue")
    page.locator("#field-answer-page").fill("not an address")
    page.locator("#field-subject").fill("The export stays empty")
    page.locator("#field-description").fill("Short")
    page.locator("#field-attachments").set_input_files(file)
    customer.press("Send the request")
    # Two mistakes are told at once, and nothing that was typed or sent is lost.
    expect(page.locator("#error-summary li")).to_have_count(2)
    expect(page.locator("#field-subject")).to_have_value("The export stays empty")
    expect(page.locator(".picker .file")).to_contain_text("screen.txt")
    page.locator("#field-answer-page").fill("https://fieldfare.example/export")
    page.locator("#field-description").fill("Since this morning the export stays empty.")
    customer.press("Send the request")
    number = int((page.locator(".arrived__number").text_content() or "").strip().lstrip("#"))
    customer.press("See the request")
    expect(page.locator(".message__files")).to_contain_text("screen.txt")
    return number


def answer(agent: Visitor, number: int) -> None:
    page = agent.page
    agent.go("/desk/unassigned/")
    page.locator(f"#row-{number}-link").click()
    agent.press("Take it")
    page.locator("[name=composing][value=note]").check(force=True)
    page.locator(f"#ticket-{number}-note-body").fill("They forgot the box.")
    agent.press("Add the note")
    expect(page.locator(f"#ticket-{number}-thread")).to_contain_text("They forgot the box.")
    page.locator(f"#ticket-{number}-reply-body").fill("Tick the box.")
    agent.press("Send")
    expect(page.locator(f"#ticket-{number}-thread")).to_contain_text("Tick the box.")


def add_a_colleague(customer: Visitor, number: int) -> None:
    page = customer.page
    customer.press("Add a colleague")
    page.wait_for_url(f"**/requests/{number}/participants/")
    page.locator("[name=person]").fill("customer@fr.example")
    page.locator("main form", has=page.locator("[name=person]")).get_by_role("button").click()
    expect(page.locator(f"#ticket-{number}-people")).to_contain_text("Camille Roussel")
