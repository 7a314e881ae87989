"""What all tests share."""

import os

import pytest

pytest_plugins = ["tests.requirements_report"]


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
