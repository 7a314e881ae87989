"""What a mail may be is chosen by the owner, within reason."""

import re
from pathlib import Path

import pytest
from pytest_django import Settings

from guichet.domain.tickets.models import Ticket
from guichet.edges.mailbox.deliver import deliver
from guichet.edges.mailbox.limits import CHOICES, MB, Limits, limits_in
from guichet.edges.mailbox.states import Reason, State
from guichet.project.env import Environment
from tests.edges.mailbox.letters import answer
from tests.world import World

PAGE = Path(__file__).resolve().parents[3] / "docs" / "operating" / "settings.md"


def told(value: str) -> list[str]:
    mistakes = list[str]()
    limits_in(value, mistakes.append)
    return mistakes


def test_nothing_said_leaves_them_as_they_are() -> None:
    assert (limits_in("", pytest.fail), limits_in(" , ", pytest.fail)) == (Limits(), Limits())


def test_what_is_said_stands_for_the_usual_figure() -> None:
    chosen = limits_in("mail_mb=50, memory_mb=400 parts=200,seconds=4", pytest.fail)
    assert chosen == Limits(most_bytes=50 * MB, memory=400 * MB, most_parts=200, seconds=4, patience=20)


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("part=9", "has “part=9”, which is not a limit; did you mean parts?"),
        ("50", f"has “50”, which is not a limit; there are {', '.join(CHOICES)}."),
        ("parts=", "has “parts=”; write parts= with a number from 10 to 1000."),
        ("parts=0", "has “parts=0”; write parts= with a number from 10 to 1000."),
        ("parts=-20", "has “parts=-20”; write parts= with a number from 10 to 1000."),
        ("parts=1e2", "has “parts=1e2”; write parts= with a number from 10 to 1000."),
        ("seconds=999999999999", "has “seconds=999999999999”; write seconds= with a number from 1 to 10."),
        ("parts=20 parts=30", "names parts twice; write it once."),
        ("mail_mb=60", "lets mails of 60 MB in, which need memory; write memory_mb=364 or more."),
        (
            "header_kb=512",
            "lets one header be longer than all of them may be; write headers_kb above header_kb.",
        ),
    ],
)
def test_what_cannot_be_is_told_in_a_sentence(value: str, sentence: str) -> None:
    assert told(value) == [sentence]


def test_it_stops_the_start() -> None:
    env = Environment({"GUICHET_MAIL_LIMITS": "part=9"})
    env.limits("GUICHET_MAIL_LIMITS")
    assert env.mistakes == ["GUICHET_MAIL_LIMITS has “part=9”, which is not a limit; did you mean parts?"]


def test_the_manual_tells_each_with_its_figures() -> None:
    page = PAGE.read_text()
    for name, choice in CHOICES.items():
        row = next(line for line in page.splitlines() if line.startswith("|") and f"`{name}`" in line)
        usual = int(getattr(Limits(), choice.field) / choice.unit)
        figures = set(map(int, re.findall(r"\d+", row)))
        assert {usual, choice.least, choice.most} <= figures, name
    example = re.search(r"^GUICHET_MAIL_LIMITS=(.*)$", page, re.MULTILINE)
    assert example is not None
    assert told(example[1]) == []


@pytest.mark.django_db
def test_a_mail_is_read_within_them(world: World, ticket: Ticket, settings: Settings) -> None:
    settings.GUICHET_MAIL_LIMITS = Limits(most_bytes=1000)
    row = deliver(answer(world, ticket, text="x " * 1000))
    assert (row.state, row.reason) == (State.UNSORTED, Reason.UNREADABLE)
    assert "1000 bytes" in row.detail
