"""Every consequence stands in one table."""

from guichet.domain.timeline.events import Happening
from guichet.reactions.table import TABLE


def test_every_event_stands_in_the_table() -> None:
    ours = {kind for kind, event in Happening.kinds.items() if event.__module__.startswith("guichet.")}
    abstract = {"person_event", "ticket_event"}
    assert ours - abstract == set(TABLE)
