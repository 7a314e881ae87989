"""The demonstration: a believable vendor, made by the domain itself, once, and silent."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker, Settings

from guichet.domain.people.actors import SYSTEM
from guichet.domain.people.models import Membership, Organisation, Person, Team
from guichet.domain.people.queries import actor_of
from guichet.domain.policy import operations as policy
from guichet.domain.policy import queries as policies
from guichet.domain.policy.reading import default_source, read
from guichet.domain.tickets.models import Attachment, Message, Ticket
from guichet.domain.tickets.queries import thread_of, visible_to
from guichet.domain.tickets.states import State
from guichet.domain.timeline.models import Event
from guichet.foundation.refusals import Conflict
from guichet.project.cli import guichet
from guichet.project.demo import load, loading, welcome
from guichet.project.demo.cast import PASSWORD
from tests.world import NOON

DEMO = Path(loading.__file__).parent
LANGUAGES = {"en", "fr", "es", "de", "ja"}


@pytest.fixture(autouse=True)
def _apart(tmp_path: Path, settings: Settings) -> None:
    """Files of the demonstration go to a folder of the test, and no policy is remembered."""
    settings.MEDIA_ROOT = tmp_path / "files"
    policies.forget()


@pytest.fixture(scope="class")
def demo(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Loaded once for the tests of a class, which only look at it. Gives the folder of its files."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=folder):
            assert load(at=NOON)
        yield folder
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
class TestHistory:
    def test_has_requests_in_every_state_and_language(self) -> None:
        assert 60 <= Ticket.objects.count() <= 120
        assert set(Ticket.objects.values_list("state", flat=True)) == set(State.values)
        assert set(Ticket.objects.values_list("language", flat=True)) == LANGUAGES

    def test_ends_minutes_ago_and_began_three_months_ago(self) -> None:
        opened = Ticket.objects.order_by("opened_at").values_list("opened_at", flat=True)
        assert opened[0] < NOON - timedelta(days=85)
        assert NOON - timedelta(minutes=10) < opened[len(opened) - 1] < NOON
        assert not Event.objects.filter(at__gt=NOON).exists()
        assert not Message.objects.filter(created_at__gt=NOON).exists()

    def test_is_in_the_order_in_which_it_happened(self) -> None:
        moments = list(Event.objects.order_by("id").values_list("at", flat=True))
        assert moments == sorted(moments)

    def test_is_found_but_sends_nothing(self) -> None:
        assert Event.objects.filter(kind="ticket_opened").count() == Ticket.objects.count()
        assert not Event.objects.filter(reacted_at=None).exists()

    def test_brings_every_file_whole(self, demo: Path) -> None:
        kept = {path.relative_to(demo).as_posix() for path in demo.rglob("*")}
        screenshots = Attachment.objects.filter(media_type="image/png")
        assert screenshots.count() >= 10
        assert Attachment.objects.exclude(media_type="image/png").count() >= 5
        assert not Attachment.objects.filter(message=None).exists()
        assert {attachment.stored_as for attachment in Attachment.objects.all()} <= kept
        assert {attachment.preview_as for attachment in screenshots} <= kept

    def test_renders_what_agents_write(self) -> None:
        replies = Message.objects.filter(by_staff=True, kind="public")
        assert replies.filter(html__contains="<strong>").exists()
        assert replies.filter(html__contains="<ol>").exists()
        assert not replies.filter(html__contains="**").exists()

    def test_never_shows_a_note_to_a_customer(self) -> None:
        noted = Message.objects.filter(kind="note").values("ticket")
        tickets = Ticket.objects.filter(pk__in=noted).select_related("requester")
        assert tickets
        for ticket in tickets:
            assert not [
                said for said in thread_of(actor_of(ticket.requester), ticket) if said.message.is_note
            ]


@pytest.mark.django_db
@pytest.mark.usefixtures("demo")
class TestCast:
    def test_is_six_companies_in_six_countries(self) -> None:
        countries = Organisation.objects.values_list("country", flat=True)
        assert sorted(countries) == ["DE", "ES", "FR", "GB", "JP", "US"]
        assert Person.objects.filter(staff_role=None).count() == 20

    def test_has_a_consultant_in_two_companies(self) -> None:
        seats = Counter(Membership.objects.values_list("person__email", flat=True))
        assert [email for email, count in seats.items() if count > 1] == ["ines@carvalho-conseil.example"]

    def test_has_staff_of_each_role_and_a_private_team(self) -> None:
        roles = Counter(Person.objects.exclude(staff_role=None).values_list("staff_role", flat=True))
        assert roles == {"admin": 1, "lead": 1, "agent": 4}
        assert dict(Team.objects.values_list("name", "shared")) == {
            "Support": True,
            "Billing": False,
            "Security": False,
        }

    def test_an_agent_does_not_reach_the_security_team(self) -> None:
        secret = Ticket.objects.filter(team__name="Security")
        admin, agent = (Person.objects.get(email=f"{name}@fieldfare.example") for name in ("nora", "owen"))
        assert secret.count() >= 3
        assert visible_to(actor_of(admin)).filter(pk__in=secret).count() == secret.count()
        assert not visible_to(actor_of(agent)).filter(pk__in=secret).exists()

    def test_everybody_named_in_the_welcome_can_come_in(self) -> None:
        told = welcome("http://localhost:8000")
        emails = re.findall(r"^ {4}(.+?) {2,}(\S+@\S+)$", told, re.MULTILINE)
        assert [kind for kind, _email in emails] == [
            "customer",
            "designated contact",
            "agent",
            "lead",
            "admin",
        ]
        for kind, email in emails:
            person = Person.objects.get(email=email)
            assert person.check_password(PASSWORD)
            assert person.staff_role == (kind if kind in {"agent", "lead", "admin"} else None)
            designated = person.memberships.filter(designated=True).exists()
            assert designated == (kind == "designated contact")
        assert "/_outbox/" in told
        assert PASSWORD in told


@pytest.mark.django_db
class TestLoading:
    def test_again_changes_nothing(self) -> None:
        assert load(at=NOON)
        before = Event.objects.count()
        assert not load(at=NOON + timedelta(days=1))
        assert Event.objects.count() == before

    def test_leaves_an_installation_with_its_own_policy_alone(self) -> None:
        policy.apply(default_source(), by=SYSTEM, at=NOON)
        with pytest.raises(Conflict):
            load(at=NOON)
        assert not Person.objects.exists()

    def test_that_fails_leaves_nothing_behind(self, settings: Settings) -> None:
        with connection.execute_wrapper(_fail_late), pytest.raises(OSError, match="the disk is full"):
            load(at=NOON)
        assert not Person.objects.exists()
        assert policies.in_force() is None
        assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def _fail_late(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """A database that gives up late: on the first person who is copied on a request."""
    if sql.startswith("INSERT") and "tickets_participant" in sql:
        raise OSError("the disk is full")
    return execute(sql, params, many, context)


@pytest.mark.django_db
class TestCommand:
    def test_is_for_demonstrations_only(self, settings: Settings) -> None:
        settings.GUICHET_DEMO = False
        told = CliRunner().invoke(guichet, ["demo"])
        assert told.exit_code == 1
        assert "Set GUICHET_DEMO=true there." in told.output
        assert not Person.objects.exists()

    def test_loads_and_tells_how_to_sign_in(self, settings: Settings) -> None:
        settings.GUICHET_DEMO = True
        told = CliRunner().invoke(guichet, ["demo"])
        assert told.exit_code == 0
        assert told.output == f"The demonstration is loaded.\n\n{welcome(settings.GUICHET_URL)}\n"
        assert CliRunner().invoke(guichet, ["demo"]).output == f"{welcome(settings.GUICHET_URL)}\n"


def test_its_policy_is_sound_and_in_five_languages() -> None:
    assert set(read((DEMO / "policy.toml").read_text()).vendor.languages) == LANGUAGES


def test_it_names_nobody_who_could_exist() -> None:
    words = "".join(path.read_text() for path in DEMO.rglob("*") if path.suffix in {".toml", ".txt", ".log"})
    addresses = re.findall(r"[\w.-]+@([\w.-]+\w)", words)
    hosts = re.findall(r"https://([\w.-]+)", words)
    assert addresses
    assert hosts
    assert [name for name in addresses + hosts if not name.endswith(".example")] == []
