"""What no browser sends: it is answered, and never with a fault of ours."""

import logging
from importlib import import_module

import pytest
from django.conf import settings
from django.test import Client

from tests.world import World

SESSION_KEYS = ["\0aaaaaaaaaaa", "aaaaaaaaaaaa\0", "\x7f" * 12, "é" * 12, "' OR 1=1 --", "a" * 5000, "A" * 32]


@pytest.mark.parametrize("key", SESSION_KEYS)
def test_a_session_key_that_cannot_be_ours_is_asked_of_nobody(world: World, key: str) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    assert store(key).session_key is None
    browser = Client()
    browser.cookies[settings.SESSION_COOKIE_NAME] = key
    assert browser.get("/")["Location"] == "/account/login/?next=/"
    assert browser.get("/account/login/").status_code == 200


def test_what_strangers_make_up_leaves_no_traceback_in_the_log() -> None:
    for name in ("DisallowedHost", "TooManyFieldsSent", "TooManyFilesSent", "RequestDataTooBig"):
        assert not logging.getLogger(f"django.security.{name}").isEnabledFor(logging.ERROR)
    assert logging.getLogger("django.security.csrf").isEnabledFor(logging.WARNING)
