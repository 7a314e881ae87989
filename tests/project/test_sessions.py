"""Which sessions are believed."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from guichet.foundation import clock
from guichet.project.sessions import SessionStore

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
