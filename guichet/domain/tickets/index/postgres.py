"""Words as a tsvector under a GIN index, made and asked without PostgreSQL's own parser.

GIN gives matches in no useful order, and a common word has a million. So each request also carries the
lexeme of its block of ids: the newest blocks are asked first, and the whole index only for words that are
rare in them, where it is cheap.
"""

from collections.abc import Sequence

from django.db import connection
from django.db.backends.utils import CursorWrapper

from .words import Question, Words

_BLOCK = 4096  # ids in a block
_NEWEST_BLOCKS = 2
_MOST_HITS = 5000
# Materialised, or the planner walks the primary key backwards and reads everything for a rare word.
_HITS = (
    "WITH hits AS MATERIALIZED (SELECT ticket_id FROM tickets_words WHERE words @@ %s::tsquery LIMIT %s)"
    " SELECT ticket_id FROM hits ORDER BY ticket_id DESC LIMIT %s"
)
_NOTE, _SCOPE, _BLOCK_MARK = "¬", "§", "¶"  # no token holds these signs


def put(ticket_id: int, words: Words) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_words (ticket_id, words) VALUES (%s, array_to_tsvector(%s))"
            " ON CONFLICT (ticket_id) DO UPDATE SET words = EXCLUDED.words",
            [ticket_id, lexemes(ticket_id, words)],
        )


def lexemes(ticket_id: int, words: Words) -> list[str]:
    """Everything that a request is found by, sorted and each once."""
    found = {
        *words.public,
        *(_NOTE + token for token in words.notes),
        *(_SCOPE + key for key in words.scope),
        _BLOCK_MARK + str(ticket_id // _BLOCK),
    }
    return sorted(found)


def look_up(question: Question, *, limit: int) -> Sequence[int]:
    asked = _query(question)
    with connection.cursor() as cursor:
        if question.scope is None:
            found = _ask(cursor, f"({asked}) & ({_newest_blocks(cursor)})", limit)
            if len(found) == limit:
                return found
        return _ask(cursor, asked, limit)


def _ask(cursor: CursorWrapper, query: str, limit: int) -> list[int]:
    # Not on SQLite, where nobody needs the driver.
    from django.db.backends.postgresql.psycopg_any import mogrify

    # Written out with its words: prepared for any, it would get the plan of a rare word for a common one too.
    cursor.execute(mogrify(_HITS, [query, _MOST_HITS, limit], connection))
    return [row[0] for row in cursor.fetchall()]


def _newest_blocks(cursor: CursorWrapper) -> str:
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM tickets_ticket")
    newest = cursor.fetchone()[0] // _BLOCK
    return " | ".join(_quoted(_BLOCK_MARK + str(newest - i)) for i in range(_NEWEST_BLOCKS) if newest >= i)


def _query(question: Question) -> str:
    """A tsquery. Every token is quoted: nothing a person types is an operator."""
    asked = " | ".join(f"({_all_of(group, question.with_notes)})" for group in question.alternatives)
    if question.scope is None:
        return asked
    return f"({asked}) & ({' | '.join(_quoted(_SCOPE + key) for key in question.scope)})"


def _all_of(group: tuple[str, ...], with_notes: bool) -> str:
    ends = [""] * (len(group) - 1) + [":*"]
    return " & ".join(
        f"({_quoted(token)}{end} | {_quoted(_NOTE + token)}{end})" if with_notes else _quoted(token) + end
        for token, end in zip(group, ends, strict=True)
    )


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
