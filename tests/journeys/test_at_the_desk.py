"""What an agent needs to work fast, and not alone: keys, and knowing what the others do."""

import pytest
from playwright.sync_api import Page, Route, expect

from .conftest import Town, Visit, Visitor

pytestmark = [pytest.mark.services, pytest.mark.timeout(120)]


def opened(visit: Visit, subject: str) -> tuple[Visitor, int]:
    """A customer who has just asked something, and the number of their request."""
    customer = visit("customer", "en")
    customer.go("/requests/new/?category=other")
    customer.page.locator("#field-subject").fill(subject)
    customer.page.locator("#field-description").fill("Since this morning the export stays empty.")
    customer.press("Send the request")
    customer.page.wait_for_url("**/confirmation/")
    return customer, int((customer.page.locator(".arrived__number").text_content() or "").strip()[1:])


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


def test_the_desk_is_worked_by_keys_alone(visit: Visit) -> None:
    numbers = [opened(visit, f"By keys {one}")[1] for one in (1, 2)]
    agent = visit("lead", "en")
    page, press = agent.page, agent.page.keyboard.press
    agent.go("/desk/unassigned/")
    page.locator(f"#row-{numbers[1]}-link").wait_for()

    press("j")
    first = focused(page)
    press("j")
    second = focused(page)
    assert (first.startswith("row-"), second.startswith("row-"), first == second) == (True, True, False)
    press("k")
    assert focused(page) == first
    number = int(first.split("-")[1])
    press("o")
    page.locator(f"#ticket-{number}-conversation").wait_for()

    press("n")
    assert focused(page) == f"ticket-{number}-note-body"
    page.keyboard.type("jkorne: letters are letters here")
    press("Control+Enter")
    expect(page.locator(f"#ticket-{number}-thread")).to_contain_text("letters are letters here")
    press("r")
    assert focused(page) == f"ticket-{number}-reply-body"
    press("Escape")
    assert focused(page) == ""
    press("a")
    expect(page.locator(f"#ticket-{number}-head .conversation__owner")).to_contain_text("Owen Hartley")
    press("e")
    announced = page.locator("#announcer")
    expect(announced).to_have_text(f"Request #{number} is resolved. Press u to take it back.")
    expect(page.locator(f"#ticket-{number}-head [data-key=e]")).to_have_count(0)
    press("u")
    expect(announced).to_have_text(f"Request #{number} is open again.")
    expect(page.locator(f"#ticket-{number}-head [data-key=e]")).to_be_visible()
    press("e")
    expect(page.locator(f"#ticket-{number}-head [data-key=e]")).to_have_count(0)
    press("?")
    told = page.locator("dialog[open] kbd").all_text_contents()
    assert {"j", "k", "o", "r", "n", "u", "/"} <= set(told)
    press("Escape")
    press("/")
    expect(page.locator("[type=search]:focus")).to_have_count(1)


def test_two_agents_see_each_other_and_each_others_typing(visit: Visit) -> None:
    _, number = opened(visit, "Two at once")
    owen, nora = visit("lead", "en"), visit("other", "en")
    for one in (owen, nora):
        one.go(f"/desk/tickets/{number}/")
    expect(owen.page.locator(".also-here")).to_contain_text("Nora L.")
    expect(nora.page.locator(".also-here")).to_contain_text("Owen Hartley")
    nora.page.locator(f"#ticket-{number}-reply-body").press_sequentially("Let me", delay=20)
    expect(owen.page.locator(".typing")).to_contain_text("Nora L.")
    nora.go("/desk/open/")
    expect(owen.page.locator(".also-here")).to_be_empty()


def test_what_came_in_meanwhile_is_shown_before_an_answer_goes_out(visit: Visit, town: Town) -> None:
    customer, number = opened(visit, "Meanwhile")
    agent = visit("lead", "en")
    agent.go(f"/desk/tickets/{number}/")
    reply = agent.page.locator(f"#ticket-{number}-reply-body")
    reply.fill("It was the box.")

    customer.go(f"/requests/{number}/")
    customer.page.locator("#field-body").fill("I found something else.")
    customer.press("Reply")
    customer.page.wait_for_url("**/#message-*")
    expect(agent.page.locator(f"#ticket-{number}-thread")).to_contain_text("I found something else.")
    expect(reply).to_have_value("It was the box.")

    agent.press("Send")
    expect(agent.page.locator(f"#ticket-{number}-reply").get_by_role("alert")).to_be_visible()
    expect(reply).to_have_value("It was the box.")
    said = "SELECT count(*) FROM tickets_message WHERE ticket_id = ? AND by_staff"
    assert town.ask(said, number) == [(0,)]
    agent.press("Send anyway")
    expect(agent.page.locator(f"#ticket-{number}-thread")).to_contain_text("It was the box.")
    assert town.ask(said, number) == [(1,)]


def test_news_that_comes_in_does_not_swallow_the_answer_to_a_click(visit: Visit) -> None:
    customer, number = opened(visit, "News and a click")
    agent = visit("lead", "en")
    agent.go(f"/desk/tickets/{number}/")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    agent.page.route("**/taking/*", hold)
    agent.press("Take it")
    customer.go(f"/requests/{number}/")
    customer.page.locator("#field-body").fill("One thing more.")
    customer.press("Reply")
    expect(agent.page.locator(f"#ticket-{number}-thread")).to_contain_text("One thing more.")
    held[0].continue_()
    expect(agent.page.locator(f"#ticket-{number}-head .conversation__owner")).to_contain_text("Owen Hartley")
