"""Checking a password, one at a time."""

from threading import BoundedSemaphore
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import BigIntegerField
from django.http import HttpRequest

from guichet.domain.people.models import Person
from guichet.foundation.database.written import Slot, Written

# A hash holds a core for half a second: a flood of guesses must leave one for everybody else.
HASHING = BoundedSemaphore(1)
PATIENCE = 1.0  # seconds


_OF_ID = Written(lambda: Person.objects.filter(pk=Slot("person", BigIntegerField())))


class PasswordBackend(AuthenticationBackend):
    """allauth's check by e-mail and password. Raises ValidationError when too many wait for theirs."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> AbstractBaseUser | None:
        if not HASHING.acquire(timeout=PATIENCE):
            raise get_adapter().validation_error("rate_limited")
        try:
            person: AbstractBaseUser | None = super().authenticate(request, **credentials)
        finally:
            HASHING.release()
        return person

    def get_user(self, user_id: int) -> Person | None:
        """Who is signed in, asked for by every page; None once they may not be."""
        person = next(iter(_OF_ID.rows(person=user_id)), None)
        return person if person and self.user_can_authenticate(person) else None
