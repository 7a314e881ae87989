"""Which sessions are believed."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from guichet.domain.policy import queries as policy
from guichet.domain.policy.models import AppliedPolicy
from guichet.foundation import clock
from guichet.project.sessions import SessionStore
from tests.world import World

pytestmark = pytest.mark.django_db


def kept() -> str:
    """The key of a session that holds something."""
    session = SessionStore()
    session["who"] = "somebody"
    session.save()
    return str(session.session_key)


def test_a_living_session_is_found_by_its_key() -> None:
    key, _other = kept(), kept()
    assert SessionStore(key)["who"] == "somebody"


def test_one_that_has_run_out_is_none() -> None:
    key = kept()
    assert SessionStore(key)["who"] == "somebody"
    Session.objects.filter(pk=key).update(expire_date=clock.now() - timedelta(seconds=1))
    session = SessionStore(key)
    assert (session.get("who"), session.session_key) == (None, None)


@pytest.mark.parametrize("key", ["", "short", "nosuchsession0nosuchsession0nosuch", "a\0b" * 8])
def test_a_key_that_nobody_has_opens_nothing(key: str) -> None:
    kept()
    assert SessionStore(key).get("who") is None


def test_which_policy_is_in_force_is_learnt_along_with_the_session(world: World) -> None:
    key, title = kept(), policy.current().vendor.name
    policy._Cache.checked = float("-inf")
    with CaptureQueriesContext(connection) as queries:
        assert SessionStore(key)["who"] == "somebody"
        assert policy.current().vendor.name == title
    assert len(queries) == 1


def test_a_policy_that_another_process_applied_is_in_force_at_once(world: World) -> None:
    key, before = kept(), policy.current().vendor.name
    source = policy.newest()[0].source.replace(before, "Somebody Else")
    AppliedPolicy.objects.create(source=source, applied_at=clock.now())
    assert policy.current().vendor.name == before  # nobody has asked
    assert SessionStore(key)["who"] == "somebody"
    assert policy.current().vendor.name == "Somebody Else"
