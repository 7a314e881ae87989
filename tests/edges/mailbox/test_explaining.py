"""Why a mail waits is told in the reader's words, whatever reading it said."""

import pytest
from django.utils import translation

from guichet.edges.mailbox.explaining import why
from guichet.edges.mailbox.models import ReceivedMessage
from guichet.edges.mailbox.reading import Automatic, Limits, confined
from guichet.edges.mailbox.states import Reason
from tests.edges.mailbox.reading.bombs import BOMBS


def told(reason: Reason, detail: str) -> str:
    return why(ReceivedMessage(reason=reason, detail=detail))


def test_every_limit_that_a_bomb_breaks_has_words() -> None:
    reader = confined.Reader(Limits(patience=60))
    said = {reader.parse(raw).refused for raw in BOMBS.values()}
    said |= {f"it takes more than {Limits().seconds:g} seconds to read", "it takes too much memory to read"}
    words = {refused: told(Reason.UNREADABLE, refused) for refused in said}
    assert [refused for refused in said if words[refused].endswith(refused)] == []
    assert words["more than 100 parts"] == "This e-mail could not be read. It has more than 100 parts."
    assert any(one.endswith("It is larger than 35 MB.") for one in words.values())
    reader.close()


@pytest.mark.parametrize("kind", [*(kind for kind in Automatic if kind is not Automatic.NO), "verification"])
def test_every_kind_of_machine_has_words(kind: str) -> None:
    words = told(Reason.AUTOMATIC, str(kind))
    assert words.startswith("A machine wrote this e-mail. It ")
    with translation.override("fr"):
        assert told(Reason.AUTOMATIC, str(kind)) != words


def test_the_rest_is_told_as_it_is() -> None:
    assert why(ReceivedMessage()) == ""
    assert told(Reason.FAULT, "KeyError").endswith(" KeyError")
    assert told(Reason.UNREADABLE, "unreadable: KeyError").endswith(" unreadable: KeyError")
    assert told(Reason.NO_SENDER, "") == "It names no sender, or more than one."
