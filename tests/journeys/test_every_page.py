"""Every page, small and large, light and dark, in French and Japanese: usable by all, and never too wide."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from .conftest import Scheme, Town, Visit, Visitor

pytestmark = [pytest.mark.services, pytest.mark.timeout(240)]

AXE = """
async (rules) => {
    const runOnly = { type: rules[0].startsWith("wcag") ? "tag" : "rule", values: rules }
    const found = await axe.run(document, { runOnly, resultTypes: ["violations"], preload: false })
    const some = (one) => one.nodes.slice(0, 3).map((node) => node.html.slice(0, 160))
    return found.violations.map((one) => `${one.id}: ${some(one)}`)
}
"""
ALL = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OF_COLOUR = ["color-contrast", "link-in-text-block"]
STRANGERS = ["/account/login/", "/account/login/password/", "/_outbox/", "/nowhere/"]
CUSTOMERS = [
    "/",
    "/requests/",
    "/requests/?status=closed&q=nothing",
    "/requests/new/",
    "/requests/new/?category=technical",
    "/requests/{talked}/",
    "/requests/{talked}/confirmation/",
    "/requests/{talked}/participants/",
    "/requests/{talked}/history/",
    "/requests/{closed}/",
    "/requests/{old}/",
    "/requests/{old}/follow-ups/",
    "/requests/999999/",
    "/profile/",
    "/account/",
    "/account/password/",
    "/account/app/",
    "/account/passkeys/new/",
    "/account/proof/code/",
    "/account/logout/",
]
SEVERAL = [
    "/requests/received/{asked}/organisation/",
    "/requests/received/whole/{sent}/",
    "/requests/{mailed}/",
]
LEADS = [
    *(f"/desk/{view}/" for view in ("unassigned", "mine", "team", "open", "waiting", "closed")),
    "/desk/search/?q=export",
    "/desk/search/?q=nothing",
    "/desk/tickets/new/",
    "/desk/tickets/new/?person=customer@{language}.example&category=technical",
    "/desk/tickets/{talked}/",
    "/desk/tickets/{closed}/",
    "/desk/tickets/{talked}/assignment/",
    "/desk/tickets/{talked}/history/",
    "/desk/tickets/{talked}/messages/{said}/",
    "/desk/mail/",
    "/desk/mail/received/",
    "/desk/mail/received/?show=all",
    "/desk/mail/received/{received}/",
    "/desk/mail/received/{asked}/",
    "/desk/mail/whole/{sent}/",
    "/desk/mail/outgoing/",
    "/desk/mail/mailboxes/",
    "/desk/tickets/{mailed}/",
]


@pytest.mark.parametrize("language", ["fr", "ja"])
@pytest.mark.parametrize(
    ("who", "paths"),
    [("", STRANGERS), ("customer", CUSTOMERS), ("several", SEVERAL), ("lead", LEADS)],
)
def test_every_page_is_accessible_and_fits(
    visit: Visit, town: Town, who: str, paths: list[str], language: str
) -> None:
    visitor = visit(who, language)
    numbers = {**town.requests[language], "received": town.received, "language": language}
    found = [fault for path in paths for fault in faults_of(visitor, path.format(**numbers))]
    assert found == []
    visitor.faults[:] = [fault for fault in visitor.faults if "status of 404" not in fault]


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_a_form_full_of_mistakes_is_accessible_and_fits(visit: Visit, language: str) -> None:
    customer = visit("customer", language)
    customer.go("/requests/new/?category=technical")
    customer.page.locator("#field-description").fill("…")
    customer.press("Send the request")
    customer.page.locator("#error-summary").wait_for()
    assert list(looks(customer)) == []


def faults_of(visitor: Visitor, path: str) -> list[str]:
    visitor.go(path)
    assert visitor.page.locator("html").get_attribute("lang") == visitor.language
    return [f"{path} {fault}" for fault in looks(visitor)]


def looks(visitor: Visitor) -> Iterator[str]:
    """What is wrong with the page that is open, in each of its looks. Light and dark differ in colour."""
    page = visitor.page
    page.evaluate(AXE_SCRIPT)
    schemes: tuple[tuple[Scheme, list[str]], ...] = (("light", ALL), ("dark", OF_COLOUR))
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in schemes:
            page.emulate_media(color_scheme=scheme)
            for violation in page.evaluate(AXE, rules):
                yield f"{width} {scheme}: {violation}"
    page.set_viewport_size({"width": 360, "height": 800})
    wide = page.evaluate("document.scrollingElement.scrollWidth - document.documentElement.clientWidth")
    if wide > 0:
        yield f"360: {wide} px too wide"
