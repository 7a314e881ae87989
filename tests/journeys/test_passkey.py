"""An agent adds a passkey and comes back with it alone, in a real browser with a device of its own."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from guichet.reactions.email.models import Delivery
from tests.world import build

pytestmark = [pytest.mark.services, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    # Playwright keeps an event loop in this thread, which is no concern of the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(locale="en-GB")
        device = page.context.new_cdp_session(page)
        device.send("WebAuthn.enable")
        device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        yield page
        browser.close()


def test_an_agent_comes_in_by_a_passkey(page: Page, live_server: LiveServer) -> None:
    build()
    # A browser trusts http for this name only.
    site = live_server.url.replace("127.0.0.1", "localhost")
    page.goto(f"{site}/account/login/")
    page.get_by_label("E-mail").fill("agent@vendor.example")
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code from the e-mail").fill(Delivery.objects.latest("id").text.split("\n\n")[1])
    page.get_by_role("button", name="Sign in").click()

    page.goto(f"{site}/account/passkeys/new/")
    page.get_by_label("Name").fill("Work laptop")
    page.get_by_role("button", name="Add this device").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto(f"{site}/account/")
    assert page.get_by_text("Work laptop").is_visible()

    page.context.clear_cookies()
    page.goto(f"{site}/account/login/?next=/profile/")
    page.get_by_role("button", name="Use a passkey instead").click()
    page.wait_for_url(f"{site}/profile/")
    assert page.get_by_label("Your name").input_value() == "Aya Agent"
