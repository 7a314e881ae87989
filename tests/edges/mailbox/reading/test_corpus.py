"""Of the mails of people's programs, what their authors wrote is shown, and nothing of it is cut."""

import re

import pytest

from guichet.edges.mailbox.reading import Mail, parse
from guichet.edges.mailbox.reading.letters import letters
from tests.edges.mailbox.reading.corpus import corpus
from tests.edges.mailbox.reading.corpus.case import Specimen

LEAST, LEAST_EXACT = 300, 0.95


@pytest.fixture(scope="module")
def read() -> list[tuple[Specimen, Mail]]:
    return [(one, parse(one.raw)) for one in corpus()]


def as_shown(text: str) -> str:
    """Blanks at the end of a line, and how many blank lines part two paragraphs, are nobody's words."""
    lines = "\n".join(line.rstrip() for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{2,}", "\n\n", lines).strip()


def bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)


def test_there_are_three_hundred_of_them() -> None:
    assert len({one.raw for one in corpus()}) >= LEAST


def test_all_are_read(read: list[tuple[Specimen, Mail]]) -> None:
    assert [(one.name, mail.refused) for one, mail in read if mail.refused] == []


def test_nobodys_own_words_are_cut(read: list[tuple[Specimen, Mail]]) -> None:
    cut = [one.name for one, mail in read if any(bare(words) not in bare(mail.visible) for words in one.own)]
    assert cut == []


def test_what_is_shown_is_what_they_wrote(read: list[tuple[Specimen, Mail]]) -> None:
    other = [one.name for one, mail in read if as_shown(mail.visible) != as_shown(one.visible)]
    assert len(other) <= (1 - LEAST_EXACT) * len(read), other


def test_the_html_that_is_shown_says_the_same(read: list[tuple[Specimen, Mail]]) -> None:
    rich = [(one, mail) for one, mail in read if mail.html_visible]
    assert len(rich) >= LEAST_EXACT * sum(1 for _one, mail in read if mail.html)
    said = [
        (one.name, mail.html_visible)
        for one, mail in rich
        if letters(parse(_alone(mail.html_visible)).text) not in (letters(mail.visible), letters(one.visible))
    ]
    assert said == []


def _alone(html: str) -> bytes:
    return b"Content-Type: text/html; charset=utf-8\n\n" + html.encode()
