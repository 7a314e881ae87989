"""Whether somebody may enter where staff need a second step. Pages and sockets ask alike."""

from collections.abc import Mapping
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from django.conf import settings

from guichet.domain.people.actors import Actor


def lacks_second_step(actor: Actor | None, session: Mapping[str, Any]) -> bool:
    """True for staff who neither used a second step in this session nor have one, where one is required.

    Costs no query when it was used in this session, and one otherwise.
    """
    if actor is None or not actor.is_staff or not settings.GUICHET_SECOND_STEP:
        return False
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY) or []
    if any(record.get("method") == "mfa" for record in records):
        return False
    return not has_second_step(actor.person_id)


def has_second_step(person_id: int | None, *, but: int | None = None) -> bool:
    """Whether this person has an authenticator app or a passkey (other than the row `but`). One query."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    others = Authenticator.objects.filter(user_id=person_id, type__in=kinds).exclude(pk=but)
    return bool(others.exists())
