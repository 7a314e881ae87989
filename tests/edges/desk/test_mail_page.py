"""What went wrong is named in words, for leads, on the page of mail."""

import pytest
from django.utils import translation

from guichet.domain.timeline.models import Event
from guichet.edges.desk.words import STEP_NAMES
from guichet.reactions.table import TABLE
from tests.edges.desk.conftest import Enter
from tests.world import World


@pytest.mark.parametrize("language", ["en", "fr", "es", "de", "ja"])
def test_every_step_that_can_stop_half_way_has_a_name(language: str) -> None:
    assert STEP_NAMES.keys() == {kind for kind, reactions in TABLE.items() if reactions}
    with translation.override(language):
        names = [str(name) for name in STEP_NAMES.values()]
    assert len(set(names)) == len(names)
    assert not any("_" in name for name in names)


def test_a_lead_reads_which_step_it_was(world: World, enter: Enter) -> None:
    ticket = world.ticket()
    stopped = Event.objects.filter(kind="ticket_opened", subject_id=ticket.pk)
    stopped.update(reacted_at=None, next_try_at=None, failure="RuntimeError: full")
    page = enter("lead").get("/desk/mail/").content.decode()
    assert "<strong>Request opened</strong>" in page
    assert "ticket_opened" not in page
