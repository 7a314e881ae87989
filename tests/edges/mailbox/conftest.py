"""The mailbox is tested with the whole cast, and files in a folder of the test."""

from pathlib import Path

import pytest
from pytest_django import Settings

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from tests.edges.mailbox.letters import OURS
from tests.world import World, build


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """Where received mails and their files lie."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(tmp_path)},
        },
    }
    return tmp_path


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def ticket(world: World, settings: Settings) -> Ticket:
    """A request of Rose that waits for her, answered a moment ago."""
    settings.GUICHET_AUTHSERV_ID = OURS
    now = clock.now()
    ticket = world.ticket(at=now)
    tickets.reply(ticket, body="Please try again.", by=world.actor("agent"), at=now)
    return Ticket.objects.get(pk=ticket.pk)
