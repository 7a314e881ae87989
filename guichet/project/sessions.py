"""Sessions as rows of the database (SESSION_ENGINE), for pages and for sockets."""

import re

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

_KEY = re.compile(r"[0-9a-z]{8,40}")


class SessionStore(DatabaseStore):
    """Asks the database only for keys that could be ours.

    A quoted cookie can spell any character: NUL too, which PostgreSQL refuses with an error.
    """

    def _validate_session_key(self, key: str | None) -> bool:
        return key is not None and _KEY.fullmatch(key) is not None
