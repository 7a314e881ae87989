"""What is done by the clock, with something to do and something to leave alone."""

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from guichet.foundation import clock
from guichet.reactions.schedule.chores import forget_ended_sessions
from tests.world import World


def test_sessions_that_have_run_out_are_forgotten_and_no_longer_listed(world: World) -> None:
    for name in ("requester", "agent"):
        Client().force_login(world.people[name])
    ended, alive = Session.objects.order_by("expire_date", "session_key")
    Session.objects.filter(pk=ended.pk).update(expire_date=clock.now() - timedelta(days=1))
    for session, name in ((ended, "requester"), (alive, "agent")):
        UserSession.objects.get_or_create(
            session_key=session.session_key, defaults={"user": world.people[name], "ip": "127.0.0.1"}
        )
    assert forget_ended_sessions(at=clock.now()) == 1
    assert [session.pk for session in Session.objects.all()] == [alive.pk]
    assert [listed.session_key for listed in UserSession.objects.all()] == [alive.session_key]
