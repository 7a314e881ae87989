"""The main journey: a question travels from a customer to an agent and back, by page and by mail."""

import re

import pytest
from playwright.sync_api import Response, expect

from .conftest import Scheme, Town, Visit, Visitor

pytestmark = [pytest.mark.services, pytest.mark.timeout(180)]

FAMILY = "👨‍👩‍👧‍👦"  # one character to whoever reads it
PASTE = """
(field) => new Promise((resolve) => {
    const canvas = document.createElement("canvas")
    canvas.width = 120; canvas.height = 80
    canvas.getContext("2d").fillRect(10, 10, 60, 40)
    canvas.toBlob((blob) => {
        const data = new DataTransfer()
        data.items.add(new File([blob], "image.png", { type: "image/png" }))
        const what = { clipboardData: data, bubbles: true, cancelable: true }
        field.dispatchEvent(new ClipboardEvent("paste", what))
        resolve()
    })
})
"""


@pytest.mark.parametrize(("language", "width", "scheme"), [("fr", 390, "dark"), ("ja", 1440, "light")])
@pytest.mark.requirement(15, 36, 50, 51, 52, 73, 75, 76, 77, 79, 80)
def test_a_question_travels_to_an_answer_and_back(
    visit: Visit, town: Town, language: str, width: int, scheme: Scheme
) -> None:
    agent = visit("lead", language, width, scheme)
    agent.go("/desk/unassigned/")
    agent.stay()

    customer = visit("", language, width, scheme)
    customer.address = f"customer@{language}.example"
    sign_in_by_code(customer)
    number = ask(customer)
    mail = town.mail_to(customer.address, about=f"#{number}")
    assert f'lang="{language}"' in body(mail, "html")

    # The queue shows it by itself.
    row = agent.page.locator(f"#row-{number}-link")
    expect(row).to_be_visible()
    assert agent.stayed
    row.click()
    work_on(agent, number)

    # The customer reads it without reloading, but never the note.
    thread = customer.page.locator(f"#ticket-{number}-timeline")
    expect(thread).to_contain_text("Tick the box, please.")
    assert customer.stayed
    expect(customer.page.locator("body")).not_to_contain_text("They forgot the box")

    # ... and by mail, and answers from there.
    mail = town.mail_to(customer.address, about=f"#{number}")
    assert "Tick the box, please." in body(mail, "plain")
    town.answer(mail, "Which box?\n\n> Tick the box, please.")
    for one, place in ((customer, thread), (agent, agent.page.locator(f"#ticket-{number}-thread"))):
        expect(place).to_contain_text("Which box?")
        assert one.stayed

    customer.page.locator("#field-body").fill("Found it. Thank you!")
    customer.press("Reply and close")
    customer.page.wait_for_url(f"**/requests/{number}/#message-*")
    customer.press("Reopen")
    expect(customer.page.locator(".ending")).not_to_contain_text(customer.say("Not solved after all?"))
    check_history(customer, agent, number)


def sign_in_by_code(customer: Visitor) -> None:
    customer.go("/requests/new/")
    customer.page.locator("#field-email").fill(customer.address)
    customer.press("Send me a code")
    outbox = customer.context.new_page()
    outbox.goto(customer.town.site + "/_outbox/")
    card = outbox.locator(".card", has_text=customer.address)
    while not card.count():
        outbox.wait_for_timeout(300)
        outbox.reload()
    card.first.get_by_role("link").click()
    code = re.search(r"^\d{6}$", outbox.locator(".captured__text").text_content() or "", re.MULTILINE)
    assert code
    outbox.close()
    customer.page.locator("#field-code").fill(code.group())
    customer.press("Sign in")
    customer.page.wait_for_url("**/requests/new/")


def _keeps_a_file(answer: Response) -> bool:
    """Whether this answers a draft that holds a file: one of the words alone may come before it."""
    return bool(re.search(r'"attachments":"[^"]', answer.request.post_data or ""))


def ask(customer: Visitor) -> int:
    """Fill the form in, lose the page half-way, and send it. Returns the number of the request."""
    page = customer.page
    page.locator("label.choice", has=page.locator("[value=technical]")).click()
    page.locator("#field-answer-page").wait_for()
    page.locator("#field-subject").fill("The export stays empty")
    description = page.locator("#field-description")
    count = page.locator("#field-description-count")
    description.fill(f"abc{FAMILY}")
    expect(count).to_contain_text("6")
    description.fill("Since this morning the export stays empty.")
    expect(count).to_contain_text("42")
    with page.expect_response(_keeps_a_file):
        description.evaluate(PASTE)
    expect(page.locator("[name=attachments]")).not_to_have_value("")

    page.reload()
    expect(description).to_have_value("Since this morning the export stays empty.")
    expect(page.locator(".picker .file img")).to_be_visible()
    customer.press("Send the request")
    page.wait_for_url("**/requests/*/confirmation/")
    number = int((page.locator(".arrived__number").text_content() or "").strip().lstrip("#"))
    customer.press("See the request")
    page.wait_for_url(f"**/requests/{number}/")
    expect(page.locator(".message__files img")).to_have_js_property("naturalWidth", 120)
    customer.stay()
    return number


def work_on(agent: Visitor, number: int) -> None:
    """Take it, write a note, reply: all of it in the page that is open."""
    page = agent.page
    thread = page.locator(f"#ticket-{number}-thread")
    expect(thread).to_contain_text("Since this morning")
    expect(page.locator("#desk-side")).to_contain_text(f"customer@{agent.language}.example")
    agent.press("Take it")
    expect(page.locator(f"#ticket-{number}-head .conversation__owner .avatar")).to_be_visible()
    page.locator("label.segments__part--note").click()
    page.locator(f"#ticket-{number}-note-body").fill("They forgot the box.")
    agent.press("Add the note")
    expect(thread).to_contain_text("They forgot the box.")
    page.locator("label.segments__part", has=page.locator("[value=reply]")).click()
    page.locator(f"#ticket-{number}-reply-body").fill("Tick the box, please.")
    agent.press("Send")
    expect(thread).to_contain_text("Tick the box, please.")
    expect(page.locator(f"#ticket-{number}-reply-body")).to_have_value("")


def check_history(customer: Visitor, agent: Visitor, number: int) -> None:
    """Every step stands in the history; those that are the staff's own business, in theirs alone."""
    happened = [kind for (kind,) in customer.town.ask(
        "SELECT kind FROM timeline_event WHERE subject = 'ticket' AND subject_id = ? ORDER BY id", number
    )]  # fmt: skip
    words = "opened assigned noted replied replied replied closed reopened"
    assert happened == [f"ticket_{word}" for word in words.split()]
    agent.go(f"/desk/tickets/{number}/history/")
    expect(agent.page.locator(".desk__body .steps > li")).to_have_count(len(happened))
    customer.go(f"/requests/{number}/history/")
    expect(customer.page.locator(".steps__one")).to_have_count(len(happened) - 2)


def body(mail: "object", kind: str) -> str:
    part = mail.get_body((kind,))  # type: ignore[attr-defined]  # EmailMessage
    return str(part.get_content())
