"""Sessions as signing in makes them, for tests in which somebody is signed in already."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from django.conf import settings
from django.test import Client

from guichet.domain.people.models import Person


def session_of(person: Person) -> str:
    """The cookie of somebody who signed in, with a second step, a moment ago."""
    client = Client()
    client.force_login(person)
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "reauthenticated": True, "at": time.time()}
    ]
    session.save()
    return client.cookies[settings.SESSION_COOKIE_NAME].value
