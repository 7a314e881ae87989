from collections.abc import Sequence

from django.db import connection

from . import postgres, sqlite
from .words import Question, Words


def put(ticket_id: int, words: Words) -> None:
    """Index a request anew, in the caller's transaction."""
    keep = postgres.put if connection.vendor == "postgresql" else sqlite.put
    keep(ticket_id, words)


def look_up(question: Question, *, limit: int) -> Sequence[int]:
    """The ids of the newest requests that answer the question, newest first; at most `limit`."""
    if not question.alternatives:
        return []
    ask = postgres.look_up if connection.vendor == "postgresql" else sqlite.look_up
    return ask(question, limit=limit)
