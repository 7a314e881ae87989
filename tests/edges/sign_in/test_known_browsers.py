"""Whoever knows an address can use up its tries, but not those of a browser that its owner signed in with."""

import time

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import Settings

from tests.world import World

from .conftest import Enter, code_for, mails_to

ROSE = "rose@acme.example"
PASSWORD = "teapot orbit velvet"


@pytest.fixture
def at_home(enter: Enter) -> Client:
    """A browser in which Rose signed in, and out again."""
    browser = enter("requester")
    browser.post("/account/logout/")
    return browser


def is_in(browser: Client) -> bool:
    return SESSION_KEY in browser.session


def ask(browser: Client) -> int:
    return browser.post("/account/login/", {"email": ROSE}).status_code


def use_up_codes() -> None:
    while ask(Client()) == 302:
        pass


def use_up_guesses() -> None:
    for _ in range(4):
        stranger = Client()
        ask(stranger)
        for _ in range(3):
            stranger.post("/account/login/code/", {"code": "not it"})


def use_up_passwords() -> None:
    for _ in range(12):
        Client().post("/account/login/password/", {"login": ROSE, "password": "a guess"})


def with_password(browser: Client) -> bool:
    browser.post("/account/login/password/", {"login": ROSE, "password": PASSWORD})
    return is_in(browser)


def test_strangers_use_up_no_codes_of_a_known_browser(at_home: Client) -> None:
    use_up_codes()
    assert ask(Client()) == 200
    assert ask(at_home) == 302
    at_home.post("/account/login/code/", {"code": code_for(ROSE)})
    assert is_in(at_home)


def test_strangers_use_up_no_guesses_of_a_known_browser(at_home: Client) -> None:
    use_up_guesses()
    ask(at_home)
    at_home.post("/account/login/code/", {"code": code_for(ROSE)})
    assert is_in(at_home)


def test_strangers_use_up_no_passwords_of_a_known_browser(
    at_home: Client, world: World, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    rose = world.person("requester")
    rose.set_password(PASSWORD)
    rose.save()
    use_up_passwords()
    assert not with_password(Client())
    assert with_password(at_home)


def test_who_is_signed_in_can_prove_it_meanwhile(enter: Enter) -> None:
    browser = enter("requester")
    use_up_codes()
    before = len(mails_to(ROSE))
    browser.post("/account/proof/code/", {"send": "1"})
    assert len(mails_to(ROSE)) == before + 1


def test_a_known_browser_has_bounds_of_its_own(at_home: Client) -> None:
    assert [ask(at_home) for _ in range(4)] == [302, 302, 302, 200]


@pytest.mark.parametrize("forged", ["", "x.y", "a" * 32, "a" * 32 + "." + "a" * 32, "\0", "." * 5000])
def test_no_made_up_cookie_makes_a_browser_known(world: World, forged: str) -> None:
    use_up_codes()
    browser = Client()
    browser.cookies["known"] = forged
    assert ask(browser) == 200


def test_a_browser_is_known_for_its_person_alone(world: World, enter: Enter) -> None:
    others = enter("colleague").cookies["known"].value
    use_up_codes()
    browser = Client()
    browser.cookies["known"] = others
    assert ask(browser) == 200


def test_to_be_known_opens_nothing(at_home: Client) -> None:
    assert at_home.get("/profile/")["Location"].startswith("/account/login/")


def test_the_port_of_the_host_buys_no_more_guesses(world: World, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    rose = world.person("requester")
    rose.set_password(PASSWORD)
    rose.save()
    for number in range(12):
        browser = Client(headers={"host": f"testserver:{8000 + number}"})
        browser.post("/account/login/password/", {"login": ROSE, "password": "a guess"})
    assert not with_password(Client(headers={"host": "testserver:9000"}))


def test_the_first_answer_takes_as_long_for_an_address_nobody_has(world: World) -> None:
    for address in (ROSE, "nobody@acme.example"):
        began = time.monotonic()
        Client().post("/account/login/", {"email": address})
        assert time.monotonic() - began >= 0.1
