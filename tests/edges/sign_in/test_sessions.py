"""A session belongs to one person with one set of rights, and can be ended from elsewhere."""

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.test import Client

from guichet.domain.people import operations as people
from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Person
from guichet.domain.people.states import StaffRole
from tests.world import NOON, World

from .conftest import Enter, code_for, words

COOKIE = settings.SESSION_COOKIE_NAME
ROSE = "rose@acme.example"


def is_in(browser: Client) -> bool:
    return browser.get("/profile/").status_code == 200


def test_a_planted_session_is_worth_nothing(world: World) -> None:
    browser = Client()
    browser.post("/account/login/", {"email": ROSE})
    planted = browser.cookies[COOKIE].value
    browser.post("/account/login/code/", {"code": code_for(ROSE)})
    assert browser.cookies[COOKIE].value != planted
    attacker = Client()
    attacker.cookies[COOKIE] = planted
    assert not is_in(attacker)
    assert is_in(browser)


def test_an_invented_session_is_not_taken_up(world: World) -> None:
    browser = Client()
    browser.cookies[COOKIE] = "a" * 32
    browser.post("/account/login/", {"email": ROSE})
    assert browser.cookies[COOKIE].value != "a" * 32


def test_sessions_are_kept_on_the_server_as_json(enter: Enter, world: World) -> None:
    browser = enter("requester")
    kept = Session.objects.get(session_key=browser.cookies[COOKIE].value).get_decoded()
    assert kept[SESSION_KEY] == str(world.person("requester").pk)
    assert settings.SESSION_SERIALIZER == "django.contrib.sessions.serializers.JSONSerializer"


def test_signing_out_ends_the_session(enter: Enter) -> None:
    browser = enter("requester")
    left = browser.cookies[COOKIE].value
    assert is_in(browser)
    assert browser.get("/account/logout/").status_code == 200
    assert is_in(browser)
    browser.post("/account/logout/")
    thief = Client()
    thief.cookies[COOKIE] = left
    assert not is_in(thief)
    assert not is_in(browser)


def test_a_change_of_role_ends_all_sessions(enter: Enter, world: World) -> None:
    browser = enter("requester")
    before = browser.cookies[COOKIE].value
    assert is_in(browser)
    people.appoint(world.person("requester"), role=StaffRole.AGENT, by=SYSTEM, at=NOON)
    assert not is_in(browser)
    enter("requester", browser=browser)
    assert browser.cookies[COOKIE].value != before


def test_somebody_who_is_shut_out_is_out_at_once(enter: Enter) -> None:
    browser = enter("requester")
    assert is_in(browser)
    Person.objects.filter(email=ROSE).update(is_active=False)
    assert not is_in(browser)


def test_one_browser_can_be_signed_out_from_another(enter: Enter) -> None:
    here, there = enter("requester"), enter("requester")
    page = here.get("/account/").content.decode()
    row = UserSession.objects.get(session_key=there.cookies[COOKIE].value)
    assert f'action="/account/sessions/{row.pk}/removal/"' in page
    here.post(f"/account/sessions/{row.pk}/removal/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_everywhere_else_can_be_signed_out(enter: Enter) -> None:
    here, there, elsewhere, other = (
        enter("requester"),
        enter("requester"),
        enter("requester"),
        enter("colleague"),
    )
    here.post("/account/sessions/others/removal/")
    assert [is_in(browser) for browser in (here, there, elsewhere, other)] == [True, False, False, True]


def test_nobody_ends_the_session_of_another(enter: Enter) -> None:
    rose, goro = enter("requester"), enter("foreigner")
    row = UserSession.objects.get(session_key=rose.cookies[COOKIE].value)
    refused = goro.post(f"/account/sessions/{row.pk}/removal/")
    absent = goro.post("/account/sessions/999999/removal/")
    assert (refused.status_code, absent.status_code) == (404, 404)
    assert words(refused).replace(f"/{row.pk}/", "/999999/") == words(absent)
    assert is_in(rose)


def test_the_pages_of_a_person_cost_few_queries(enter: Enter, django_assert_max_num_queries: object) -> None:
    browser = enter("requester")
    browser.get("/profile/")
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        browser.get("/profile/")
