"""What follows is tested in the database, with the whole cast."""

import pytest

from tests.world import World, build


@pytest.fixture
def world(db: None) -> World:
    return build()
