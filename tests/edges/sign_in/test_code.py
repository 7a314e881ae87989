"""The first screen: an address, a code, and in."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guichet.domain.people.models import Person
from tests.world import World

from .conftest import Enter, code_for, mails_to, words

ROSE = "rose@acme.example"


def ask(browser: Client, address: str = ROSE) -> None:
    answer = browser.post("/account/login/", {"email": address})
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/code/")


def is_in(browser: Client) -> bool:
    return SESSION_KEY in browser.session


def test_a_person_comes_in_by_the_code_in_their_mail(world: World, client: Client) -> None:
    ask(client)
    answer = client.post("/account/login/code/", {"code": code_for(ROSE)})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session[SESSION_KEY] == str(world.person("requester").pk)


def test_the_address_may_be_typed_as_keyboards_do(world: World, client: Client) -> None:
    ask(client, " Rose@ACME.example ")
    client.post("/account/login/code/", {"code": code_for(ROSE)})
    assert is_in(client)


def test_staff_go_to_the_desk(world: World, client: Client) -> None:
    ask(client, "agent@vendor.example")
    answer = client.post("/account/login/code/", {"code": code_for("agent@vendor.example")})
    assert answer["Location"] == "/desk/"


def test_the_mail_speaks_the_persons_language_and_hides_the_code_from_locked_screens(world: World) -> None:
    Person.objects.filter(email=ROSE).update(language="fr")
    browser = Client(headers={"accept-language": "de"})
    ask(browser)
    mail = mails_to(ROSE)[0]
    code = code_for(ROSE)
    assert (mail.language, mail.sensitive, mail.urgent) == ("fr", True, True)
    assert code not in mail.subject
    assert code not in mail.text.splitlines()[0]
    assert code in mail.html
    assert len(mails_to(ROSE)) == 1


def test_a_wrong_code_is_refused_and_the_third_ends_it(world: World, client: Client) -> None:
    ask(client)
    code = code_for(ROSE)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(2):
        answer = client.post("/account/login/code/", {"code": wrong})
        assert (answer.status_code, is_in(client)) == (200, False)
    assert client.post("/account/login/code/", {"code": wrong})["Location"] == "/account/login/"
    client.post("/account/login/code/", {"code": code})
    assert not is_in(client)


@pytest.mark.parametrize(("age", "good"), [(9 * 60 + 55, True), (10 * 60 + 5, False)])
def test_a_code_is_good_for_ten_minutes(world: World, client: Client, age: int, good: bool) -> None:
    ask(client)
    session = client.session
    session["account_login"]["state"]["stages"]["login_by_code"]["data"]["at"] -= age
    session.save()
    answer = client.post("/account/login/code/", {"code": code_for(ROSE)}, follow=True)
    assert is_in(client) == good
    assert ("This code has expired. Please ask for a new one." in answer.content.decode()) != good


def test_a_code_is_good_once_and_in_one_browser(world: World, client: Client) -> None:
    ask(client)
    code = code_for(ROSE)
    other = Client()
    other.post("/account/login/code/", {"code": code})
    assert not is_in(other)
    client.post("/account/login/code/", {"code": code})
    assert is_in(client)
    client.post("/account/logout/")
    client.post("/account/login/code/", {"code": code})
    assert not is_in(client)


def test_a_new_code_ends_the_one_before(world: World, client: Client) -> None:
    ask(client)
    first = code_for(ROSE)
    ask(client)
    assert len(mails_to(ROSE)) == 2
    if first != code_for(ROSE):
        client.post("/account/login/code/", {"code": first})
        assert not is_in(client)


def test_nobody_is_told_which_addresses_are_known(world: World) -> None:
    Person.objects.filter(email="xavier@acme.example").update(is_active=False)
    seen = []
    for address in (ROSE, "nobody@acme.example", "xavier@acme.example"):
        browser = Client()
        asked = browser.post("/account/login/", {"email": address})
        page = browser.get("/account/login/code/")
        tried = browser.post("/account/login/code/", {"code": "000000"})
        seen.append([_bare(answer, address) for answer in (asked, page, tried)])
    assert seen[1] == seen[0]
    assert seen[2] == seen[0]
    assert [len(mails_to(who)) for who in (ROSE, "nobody@acme.example", "xavier@acme.example")] == [1, 0, 0]


def _bare(answer: HttpResponseBase, address: str) -> tuple[object, ...]:
    headers = sorted(name for name, _ in answer.items())
    cookies = {name: {**cookie, "expires": ""} for name, cookie in answer.cookies.items()}
    return answer.status_code, words(answer).replace(address, "ADDRESS"), headers, cookies


def test_as_many_commits_are_made_for_an_address_nobody_has(world: World) -> None:
    """Waiting for the disk is what takes time here; a clock would only tell of this machine."""
    commits = []
    for typed in (ROSE, "nobody@acme.example"):
        with CaptureQueriesContext(connection) as queries:
            Client().post("/account/login/", {"email": typed})
        commits.append(sum(query["sql"].startswith("SAVEPOINT") for query in queries))
    assert commits[0] == commits[1] > 1


def test_three_codes_in_a_quarter_of_an_hour(world: World) -> None:
    for _ in range(3):
        ask(Client())
    for address in (ROSE, ROSE.upper()):
        answer = Client().post("/account/login/", {"email": address})
        assert answer.status_code == 200
        assert "There were too many tries." in answer.content.decode()
    assert len(mails_to(ROSE)) == 3
    ask(Client(), "colin@acme.example")


def test_guesses_are_counted_by_address_however_many_browsers_share_them(world: World) -> None:
    browsers = [Client() for _ in range(3)]
    for browser in browsers:
        ask(browser)
    code = code_for(ROSE)
    wrong = f"{(int(code) + 1) % 10**6:06}"
    kept = [dict(browser.session) for browser in browsers]
    for _ in range(4):
        for browser, pending in zip(browsers, kept, strict=True):
            # As if each guess were sent before the one before it was counted.
            session = browser.session
            session.update(pending)
            session.save()
            browser.post("/account/login/code/", {"code": wrong})
    last = browsers[-1]
    session = last.session
    session.update(kept[-1])
    session.save()
    last.post("/account/login/code/", {"code": code})
    assert not is_in(last)


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x()", "\n/x"]
)
def test_a_forged_next_leads_home(enter: Enter, world: World, client: Client, where: str) -> None:
    ask(client)
    answer = client.post("/account/login/code/", {"code": code_for(ROSE), "next": where})
    assert answer["Location"] == "/"


def test_next_is_kept_through_both_screens(world: World, client: Client) -> None:
    answer = client.get("/profile/?tab=1")
    assert answer["Location"] == "/account/login/?next=/profile/%3Ftab%3D1"
    asked = client.post(answer["Location"], {"email": ROSE, "next": "/profile/?tab=1"})
    answer = client.post(asked["Location"], {"code": code_for(ROSE), "next": "/profile/?tab=1"})
    assert answer["Location"] == "/profile/?tab=1"


def test_nobody_signs_up_and_no_mail_carries_a_key(world: World, client: Client) -> None:
    for path in (
        "/account/signup/",
        "/account/password/reset/",
        "/account/email/",
        "/account/confirm-email/x/",
    ):
        assert client.get(path).status_code == 404
