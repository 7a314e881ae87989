"""One click, without a session, and no more than that."""

import pytest
from django.test import Client
from pytest_django import Settings

from guichet.domain.people import operations as people
from guichet.domain.people.models import Person
from guichet.domain.tickets import operations as tickets
from guichet.domain.timeline.models import Event
from guichet.reactions.email import links
from guichet.reactions.email.compose import mail_of
from guichet.reactions.email.models import Delivery
from guichet.reactions.worker import drain
from tests.world import World, later


@pytest.fixture
def rose(world: World) -> Person:
    return world.person("requester")


@pytest.fixture
def address(rose: Person) -> str:
    return links.unsubscription(rose.pk).removeprefix("http://localhost:8000")


def wants(rose: Person) -> bool:
    return Person.objects.get(pk=rose.pk).wants_mail


def test_mail_programs_post_it_and_that_is_all(rose: Person, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    for _ in range(2):
        answer = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert (answer.status_code, wants(rose)) == (200, False)
    (event,) = Event.objects.filter(kind="profile_changed", subject_id=rose.pk)
    assert (event.by, event.facts["changed"]) == (rose, ["wants_mail"])


def test_looking_at_the_page_changes_nothing_and_speaks_its_readers_language(
    world: World, rose: Person, address: str
) -> None:
    people.change_profile(rose, by=world.actor("requester"), at=later(minutes=1), language="fr")
    page = Client().get(address)
    assert wants(rose)
    assert "no-store" in page["Cache-Control"]
    text = page.content.decode()
    assert 'lang="fr"' in text
    assert "<button" in text
    assert rose.email not in text
    assert rose.name not in text


@pytest.mark.parametrize("change", ["signature", "person"])
def test_a_link_is_one_persons(world: World, rose: Person, address: str, change: str) -> None:
    _, _, _, person, signature, _ = address.split("/")
    other = str(world.person("colleague").pk) if change == "person" else person
    given = signature if change == "person" else "a" * len(signature)
    assert Client().post(f"/mail/off/{other}/{given}/").status_code == 404
    assert not Person.objects.filter(wants_mail=False).exists()


def test_mails_offer_it_where_the_site_is_reached_safely(world: World, settings: Settings) -> None:
    settings.GUICHET_URL = "https://help.example.com"
    ticket = world.ticket()
    colin = world.person("colleague")
    tickets.add_participant(ticket, person=colin, by=world.actor("requester"), at=later(minutes=1))
    drain()
    mail = mail_of(Delivery.objects.filter(recipient=colin).latest("id")).message()
    assert mail["List-Unsubscribe"] == f"<{links.unsubscription(colin.pk)}>"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
