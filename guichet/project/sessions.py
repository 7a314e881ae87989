"""Sessions as rows of the database (SESSION_ENGINE), for pages and for sockets."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db.models import CharField, DateTimeField

from guichet.foundation import clock
from guichet.foundation.database.written import Slot, Written

_KEY = re.compile(r"[0-9a-z]{8,40}")
# Every page asks this: Django takes five times as long to write it as the database to answer.
_LIVING = Written(
    lambda: SessionStore.get_model_class().objects.filter(
        session_key=Slot("key", CharField()), expire_date__gt=Slot("now", DateTimeField())
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
        return found[0] if found else None
