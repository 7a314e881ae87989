"""Browsers at the portal, one for each of the cast, and a request that was closed long ago."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from guichet.domain.tickets import operations as tickets
from guichet.domain.tickets.models import Ticket
from guichet.foundation import clock
from tests.world import World, build

Enter = Callable[[str], Client]


@pytest.fixture
def world(db: None) -> World:
    return build()


@pytest.fixture
def enter(world: World) -> Enter:
    """Somebody of the cast in a browser of their own, signed in."""

    def enter(name: str) -> Client:
        browser = Client()
        browser.force_login(world.person(name))
        return browser

    return enter


@pytest.fixture
def past(world: World) -> Ticket:
    """A request of the requester's, closed 31 days ago: the window to reopen it is 30."""
    ticket = world.ticket()
    return tickets.close(ticket, by=world.actor("requester"), at=clock.now() - timedelta(days=31))
