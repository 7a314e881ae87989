"""Browsers that sign in as people do, and the codes that would reach their mailboxes."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from django.http import HttpResponse, HttpResponseBase
from django.test import Client
from pytest_django import Settings

from guichet.reactions.email.models import Delivery
from tests.world import World, build

Enter = Callable[..., Client]


@pytest.fixture(autouse=True)
def forgetful_limits(settings: Settings) -> Iterator[None]:
    """Tries are counted for each test anew, and here: in Redis, other tests would have them forgotten."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def world(db: None) -> World:
    return build()


def words(answer: HttpResponseBase) -> str:
    """The page without what is different in every page."""
    assert isinstance(answer, HttpResponse)
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())


def mails_to(address: str) -> list[Delivery]:
    return list(Delivery.objects.filter(address=address).order_by("id"))


def code_for(address: str) -> str:
    """The code in the newest mail to this address."""
    found = re.search(r"^\d{6}$", mails_to(address)[-1].text, re.MULTILINE)
    assert found
    return found.group()


@pytest.fixture
def enter(world: World) -> Enter:
    """Sign somebody of the cast in, by a code, in a browser of their own."""

    def enter(name: str, *, browser: Client | None = None, then: str = "") -> Client:
        browser = browser or Client()
        address = world.person(name).email
        browser.post("/account/login/", {"email": address})
        browser.post("/account/login/code/", {"code": code_for(address), "next": then})
        return browser

    return enter
