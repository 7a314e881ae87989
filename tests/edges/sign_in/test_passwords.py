"""A password is a choice; what guards it is not."""

import time

import pytest
from django.test import Client

from guichet.domain.people.models import Person
from tests.world import World

from .conftest import Enter, code_for, mails_to, words

ROSE = "rose@acme.example"
GOOD = "teapot orbit velvet canyon"


def set_password(browser: Client, password: str = GOOD, again: str | None = None) -> int:
    typed = {"password1": password, "password2": password if again is None else again}
    return browser.post("/account/password/", typed).status_code


def grow_old(browser: Client) -> None:
    """As if this person had proved to be themselves an hour ago."""
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()


def enters(password: str, address: str = ROSE) -> bool:
    answer = Client().post("/account/login/password/", {"login": address, "password": password})
    return answer.status_code == 302 and answer["Location"] == "/"


def test_a_password_is_set_used_and_removed(enter: Enter) -> None:
    browser = enter("requester")
    assert not enters(GOOD)
    assert set_password(browser) == 302
    assert (enters(GOOD), enters("teapot orbit velvet kanyon")) == (True, False)
    assert mails_to(ROSE)[-1].subject == "A password was set"
    browser.post("/account/password/removal/")
    assert not enters(GOOD)
    assert mails_to(ROSE)[-1].subject == "Your password was removed"
    assert browser.get("/profile/").status_code == 200


def test_setting_a_password_ends_the_other_sessions(enter: Enter) -> None:
    here, there = enter("requester"), enter("requester")
    assert there.get("/profile/").status_code == 200
    set_password(here)
    assert (here.get("/profile/").status_code, there.get("/profile/").status_code) == (200, 302)


@pytest.mark.parametrize("poor", ["short", "password1234", "rose@acme.example", "x" * 129, "\x00" * 12, ""])
def test_a_poor_password_is_refused(enter: Enter, poor: str) -> None:
    browser = enter("requester")
    assert set_password(browser, poor) == 422
    assert not Person.objects.get(email=ROSE).has_usable_password()


def test_both_times_the_same(enter: Enter) -> None:
    assert set_password(enter("requester"), GOOD, GOOD + "s") == 422


def test_an_unlocked_screen_is_not_enough_to_change_how_one_signs_in(enter: Enter) -> None:
    browser = enter("requester")
    grow_old(browser)
    proof = "/account/proof/code/?next=/account/password/"
    assert browser.get("/account/password/")["Location"] == proof
    assert set_password(browser) == 302
    assert not enters(GOOD)
    for path in ("/account/app/", "/account/passkeys/new/"):
        assert browser.get(path)["Location"].startswith("/account/proof/code/"), path


def test_a_code_by_mail_proves_that_it_is_still_you(enter: Enter) -> None:
    browser = enter("requester")
    grow_old(browser)
    proof = "/account/proof/code/?next=/account/password/"
    sent = len(mails_to(ROSE))
    assert browser.get(proof).status_code == 200
    assert len(mails_to(ROSE)) == sent
    browser.post(proof, {"send": "1"})
    code = code_for(ROSE)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    assert browser.post(proof, {"code": wrong}).status_code == 200
    assert browser.get("/account/password/").status_code == 302
    assert browser.post(proof, {"code": code})["Location"] == "/account/password/"
    assert browser.get("/account/password/").status_code == 200
    grow_old(browser)
    browser.post(proof, {"code": code})
    assert browser.get("/account/password/").status_code == 302


def test_three_wrong_codes_end_the_proof(enter: Enter) -> None:
    browser = enter("requester")
    grow_old(browser)
    browser.post("/account/proof/code/", {"send": "1"})
    code = code_for(ROSE)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(3):
        browser.post("/account/proof/code/", {"code": wrong})
    browser.post("/account/proof/code/", {"code": code})
    assert browser.get("/account/password/").status_code == 302


def test_ten_guesses_close_the_door_for_the_address_and_leave_the_code_open(enter: Enter) -> None:
    set_password(enter("requester"))
    for _ in range(10):
        assert not enters("wrong wrong wrong")
    assert not enters(GOOD)
    enter("requester").get("/profile/")


def test_known_and_unknown_addresses_are_answered_alike(enter: Enter, world: World) -> None:
    set_password(enter("requester"))
    pages = set()
    for address in (ROSE, "nobody@acme.example", "colin@acme.example"):
        browser = Client()
        answer = browser.post("/account/login/password/", {"login": address, "password": "wrong wrong wrong"})
        pages.add((answer.status_code, words(answer).replace(address, "ADDRESS")))
    assert len(pages) == 1


def test_an_endless_password_is_refused_before_it_costs_anything(world: World) -> None:
    started = time.process_time()
    answer = Client().post("/account/login/password/", {"login": ROSE, "password": "x" * 1_000_000})
    assert answer.status_code == 200
    assert "at most 128 characters" in answer.content.decode()
    assert time.process_time() - started < 0.2
