"""The words of requests, kept where the database finds them: FTS5 in SQLite, a tsvector in PostgreSQL.

Both hold the same words, made by one analyser, so that both find the same requests. A request's
`scope` (its organisation and its people) is indexed with its words: a customer's search reads only what
is theirs, however many requests there are.
"""

from .lookup import look_up, put
from .words import Question, Words

__all__ = ["Question", "Words", "look_up", "put"]
