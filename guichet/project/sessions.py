"""Sessions as rows of the database (SESSION_ENGINE), for pages and for sockets."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import CharField, DateTimeField, Subquery

from guichet.domain.policy import queries as policy
from guichet.foundation import clock
from guichet.foundation.database.written import Slot, Written

_KEY = re.compile(r"[0-9a-z]{8,40}")
# Every page asks this: Django takes five times as long to write it as the database to answer.
# Which policy is in force is asked along with it, so that no page asks for that by itself.
_LIVING = Written(
    lambda: (
        SessionStore.get_model_class()
        .objects.filter(session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField()))
        .annotate(policy_in_force=Subquery(policy.newest().values("id")[:1]))
    )
)


class SessionStore(DatabaseStore):
    """Asks the database only for keys that could be ours.

    A quoted cookie can spell any character: NUL too, which PostgreSQL refuses with an error.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and _KEY.fullmatch(key) is not None

    def _get_session_from_db(self) -> AbstractBaseSession | None:
        found = _LIVING.rows(key=self.session_key, now=clock.now())
        if not found:
            self._session_key = None
            return None
        policy.told(found[0].policy_in_force)
        return found[0]
