"""What no browser sends: it is answered, and never with a fault of ours."""

import logging
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from guichet.domain.tickets.models import Ticket
from tests.world import World

CHARSETS = [
    *("hex", "zip", "rot13", "base64", "undefined", "idna", "punycode", "utf-7", "utf-16", "nonsense"),
    *("unicode_escape", "raw_unicode_escape", "cp037"),
]
SESSION_KEYS = ["\0aaaaaaaaaaa", "aaaaaaaaaaaa\0", "\x7f" * 12, "é" * 12, "' OR 1=1 --", "a" * 5000, "A" * 32]


@pytest.fixture
def browser(world: World, client: Client) -> Client:
    client.force_login(world.people["requester"])
    return client


def send(browser: Client, path: str, charset: str, **fields: str) -> Any:
    parts = "".join(
        f'--B\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
        for name, text in fields.items()
    )
    body = f"{parts}--B--\r\n".encode()
    return browser.generic("POST", path, body, f"multipart/form-data; boundary=B; {charset}")


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_form_is_utf8_whatever_it_says(browser: Client, charset: str) -> None:
    words = {
        "category": "technical",
        "subject": "Café \\ud800 +ADw-",
        "description": "Since this morning \\x00.",
    }
    for named in (f"charset={charset}", f"charset*=utf-8''{charset}"):
        answer = send(browser, "/requests/new/", named, **words)
        assert answer.status_code == 302
        assert Ticket.objects.latest("id").subject == words["subject"]


@pytest.mark.parametrize("charset", CHARSETS)
def test_an_address_is_utf8_whatever_is_said(browser: Client, charset: str) -> None:
    answer = browser.generic("GET", "/requests/?q=%5Cud800", b"", f"text/html; charset={charset}")
    assert answer.status_code == 200
    assert 'value="\\ud800"' in answer.content.decode()


@pytest.mark.parametrize("charset", CHARSETS)
def test_strangers_get_no_further_with_it(world: World, charset: str) -> None:
    cache.clear()
    words = {"email": "rose@acme.example", "language": "\\ud800", "next": "\\ud800"}
    for path in ("/account/login/", "/language/", "/nowhere/"):
        answer = send(Client(), path, f"charset={charset}", **words)
        assert answer.status_code in (302, 404, 422), path


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
