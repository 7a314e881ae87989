"""Browsers at the desk, one for each of the cast."""

from collections.abc import Callable

import pytest
from django.test import Client

from guichet.domain.policy import queries as policy
from tests.world import World

Enter = Callable[[str], Client]


@pytest.fixture
def enter(world: World) -> Enter:
    """Somebody of the cast in a browser of their own, signed in."""

    def enter(name: str) -> Client:
        browser = Client()
        browser.force_login(world.person(name))
        policy.current()  # so that its cache costs no page a query
        return browser

    return enter


@pytest.fixture
def agent(enter: Enter) -> Client:
    return enter("agent")
