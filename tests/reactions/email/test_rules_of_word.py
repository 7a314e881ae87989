"""Outlook for Windows shows mails with Word: what that is known not to understand is not used."""

import re
from html.parser import HTMLParser

import pytest

from guichet.domain.tickets import operations as tickets
from guichet.reactions.email.compose import mail_of
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.world import World, later

NEVER = re.compile(r"flex|grid|float|position|background-image|url\(|calc\(|var\(|rem\b|rgba\(|hsl")


class Elements(HTMLParser):
    """Each element with its style, in order; comments are what Word alone reads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.comments: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_comment(self, data: str) -> None:
        self.comments.append(data)


@pytest.fixture
def mails(world: World) -> list[Elements]:
    """Every kind of mail about a request, as HTML."""
    ticket = world.ticket()
    colin = world.person("colleague")
    tickets.add_participant(ticket, person=colin, by=world.actor("requester"), at=later(minutes=1))
    tickets.reply(ticket, body="Try **this**:\n\n```\na\n```", by=world.actor("agent"), at=later(minutes=2))
    tickets.resolve(ticket, by=world.actor("agent"), at=later(minutes=3))
    drain(at=later(days=1))
    made = []
    for delivery in Delivery.objects.order_by("id"):
        elements = Elements()
        elements.feed(str(mail_of(delivery).alternatives[0][0]))
        made.append(elements)
    assert len(made) >= 5
    return made


def test_nothing_is_asked_of_word_that_it_does_not_know(mails: list[Elements]) -> None:
    for tag, attributes in (each for mail in mails for each in mail.found):
        style = attributes.get("style", "")
        assert not NEVER.search(style), (tag, style)
        if "padding" in style:
            assert tag in ("td", "a", "body"), f"Word knows no padding of {tag}"
        if tag == "table":
            assert attributes.get("cellpadding") == attributes.get("cellspacing") == "0"


def test_a_button_has_its_padding_in_its_cell_too(mails: list[Elements]) -> None:
    for mail in mails:
        for cell, link in zip(mail.found, mail.found[1:], strict=False):
            if link[0] == "a" and "padding" in link[1].get("style", ""):
                assert cell[0] == "td"
                assert "mso-padding-alt" in cell[1]["style"]
                assert cell[1]["bgcolor"] == re.findall(r"background:(#\w+)", cell[1]["style"])[0]


def test_what_word_alone_reads_is_whole(mails: list[Elements]) -> None:
    for mail in mails:
        for_word = [text for text in mail.comments if text.startswith("[if mso]>")]
        assert all(text.endswith("<![endif]") for text in for_word)
        read = "".join(for_word)
        for tag in ("table", "tr", "td", "p", "style"):
            assert read.count(f"<{tag}") - read.count(f"</{tag}>") == 0, tag
        assert 'width="600"' in read, "Word knows no max-width"
