"""Staff have a second step wherever it is required; everybody may have one."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.world import World

from .conftest import Enter, code_for, mails_to

AYA = "agent@vendor.example"


@pytest.fixture
def production(settings: Settings) -> None:
    settings.GUICHET_SECOND_STEP = True


def shown_by_the_app(secret: str, *, steps: int = 0) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps)))


def set_up_app(browser: Client) -> str:
    """Returns the key that the app would keep."""
    browser.get("/account/app/")
    secret = str(browser.session["mfa.totp.secret"])
    answer = browser.post("/account/app/", {"code": shown_by_the_app(secret)})
    assert answer["Location"] == "/account/codes/"
    return secret


def by_mail(address: str) -> Client:
    """A browser that has given the code of the mail, and is asked for more."""
    browser = Client()
    browser.post("/account/login/", {"email": address})
    answer = browser.post("/account/login/code/", {"code": code_for(address)})
    assert answer["Location"] == "/account/login/second-step/"
    return browser


def test_staff_without_a_second_step_set_one_up_before_anything_opens(enter: Enter, production: None) -> None:
    browser = enter("agent")
    for path in ("/desk/", "/profile/"):
        answer = browser.get(path)
        assert (answer.status_code, answer["Location"]) == (302, "/account/")
    assert browser.post("/profile/", {"name": "Mallory"}).status_code == 403
    assert browser.get("/profile/", headers={"HX-Request": "true"}).status_code == 403
    assert "Set up a second step first" in browser.get("/account/").content.decode()
    assert browser.get("/accent/1f5f8b.css").status_code == 200
    assert browser.post("/language/", {"language": "fr"})["Location"] == "/"
    set_up_app(browser)
    assert browser.get("/profile/").status_code == 200


def test_customers_need_none(enter: Enter, production: None) -> None:
    assert enter("requester").get("/profile/").status_code == 200


def test_a_demonstration_needs_none(enter: Enter, settings: Settings) -> None:
    settings.GUICHET_SECOND_STEP = False
    assert enter("agent").get("/profile/").status_code == 200


def test_the_app_is_asked_for_after_the_code(enter: Enter, production: None) -> None:
    secret = set_up_app(enter("agent"))
    browser = by_mail(AYA)
    assert SESSION_KEY not in browser.session
    assert browser.get("/profile/")["Location"].startswith("/account/login/")
    wrong = browser.post("/account/login/second-step/", {"code": "000000"})
    assert (wrong.status_code, SESSION_KEY in browser.session) == (200, False)
    browser.post("/account/login/second-step/", {"code": shown_by_the_app(secret, steps=1)})
    assert browser.get("/profile/").status_code == 200


def test_a_code_of_the_app_is_taken_once(enter: Enter) -> None:
    secret = set_up_app(enter("agent"))
    code = shown_by_the_app(secret, steps=1)
    first, second = by_mail(AYA), by_mail(AYA)
    first.post("/account/login/second-step/", {"code": code})
    second.post("/account/login/second-step/", {"code": code})
    assert (SESSION_KEY in first.session, SESSION_KEY in second.session) == (True, False)


def test_a_recovery_code_is_taken_once(enter: Enter) -> None:
    set_up_app(enter("agent"))
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    first, second = by_mail(AYA), by_mail(AYA)
    first.post("/account/login/second-step/", {"code": codes[0]})
    second.post("/account/login/second-step/", {"code": codes[0]})
    assert (SESSION_KEY in first.session, SESSION_KEY in second.session) == (True, False)


def test_guesses_at_the_second_step_are_counted(enter: Enter) -> None:
    secret = set_up_app(enter("agent"))
    browser = by_mail(AYA)
    for _ in range(10):
        browser.post("/account/login/second-step/", {"code": "000000"})
    browser.post("/account/login/second-step/", {"code": shown_by_the_app(secret, steps=1)})
    assert SESSION_KEY not in browser.session


def test_a_copy_of_the_database_holds_no_key_of_an_app(enter: Enter) -> None:
    secret = set_up_app(enter("agent"))
    factor = Authenticator.objects.get(type="totp")
    assert secret not in str(factor.data)
    assert not factor.wrap().validate_code(shown_by_the_app("A" * 32))


def test_a_key_sealed_with_a_lost_secret_opens_for_nobody(enter: Enter, settings: Settings) -> None:
    secret = set_up_app(enter("agent"))
    settings.SECRET_KEY = "another " * 10
    factor = Authenticator.objects.get(type="totp")
    for guess in (shown_by_the_app(secret, steps=1), shown_by_the_app("")):
        assert not factor.wrap().validate_code(guess)


def test_staff_cannot_do_away_with_their_last_second_step(
    enter: Enter, production: None, world: World
) -> None:
    browser = enter("agent")
    set_up_app(browser)
    assert browser.post("/account/app/removal/").status_code == 200
    assert Authenticator.objects.filter(type="totp").exists()
    key = Authenticator.objects.create(user=world.person("agent"), type="webauthn", data={"name": "Laptop"})
    browser.post("/account/app/removal/")
    assert not Authenticator.objects.filter(type="totp").exists()
    assert browser.post(f"/account/passkeys/{key.pk}/removal/").status_code == 409
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_with_a_second_step_the_password_alone_proves_nothing(enter: Enter) -> None:
    browser = enter("agent")
    browser.post(
        "/account/password/", {"password1": "teapot orbit velvet", "password2": "teapot orbit velvet"}
    )
    browser.post("/account/proof/password/", {"password": "teapot orbit velvet"})
    set_up_app(browser)
    session = browser.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    assert browser.get("/account/password/")["Location"].startswith("/account/proof/app/")
    tried = browser.post("/account/proof/password/", {"password": "teapot orbit velvet"})
    assert tried["Location"].startswith("/account/proof/app/")
    assert browser.get("/account/password/").status_code == 302


def test_news_about_second_steps_go_out_by_mail(
    enter: Enter, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    browser = enter("agent")
    with django_capture_on_commit_callbacks(execute=True):
        set_up_app(browser)
    assert [mail.subject for mail in mails_to(AYA)][1:] == ["An authenticator app was added"]
