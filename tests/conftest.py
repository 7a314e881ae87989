"""What all tests share."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.at_once import database_for_several
from tests.world import World, build

pytest_plugins = ["tests.requirements_report"]

# How long an example takes is the machine's affair: a fresh clone builds tables of all signs for the first.
settings.register_profile("guichet", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("guichet")


@pytest.fixture(autouse=True)
def one_step_is_enough(settings: Any) -> None:
    """Staff of the cast come in without a second step; the tests of the sign-in ask for it themselves."""
    settings.GUICHET_SECOND_STEP = False


@pytest.fixture
def world(db: None) -> World:
    """The whole cast, in the database. A test with `django_db(transaction=True)` gets it committed."""
    return build()


@pytest.fixture
def busy_world(transactional_db: None, tmp_path: Path) -> Iterator[World]:
    """The whole cast, where several act at once: each thread has a connection of its own."""
    with database_for_several(tmp_path):
        yield build()


@pytest.fixture(scope="session")
def redis_url() -> str:
    """Address of a Redis made for the tests. A test that asks for it is marked `services`."""
    if url := os.environ.get("TEST_REDIS_URL"):
        return url
    pytest.fail("This test needs Redis: run it with bin/test, or set TEST_REDIS_URL.")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser. A test that asks for it is marked `services`."""
    if path := os.environ.get("CHROMIUM"):
        return path
    pytest.fail("This test needs Chromium: run it with bin/test, or set CHROMIUM=/path/to/chromium.")
