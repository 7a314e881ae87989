"""Words as a tsvector under a GIN index, made and asked without PostgreSQL's own parser.

GIN gives matches in no useful order, and a common word has a million. So each request also carries the
lexeme of its block of ids: the newest blocks are asked first, and the whole index only for words that are
rare in them, where it is cheap. Whole words are asked before longer ones: for a beginning GIN gathers every
request of every such word, 25 ms where a million hold a common one.
"""

from collections.abc import Sequence

from django.db import connection

from .words import SCOPE, Question, Words

_BLOCK = 4096  # ids in a block
_MOST_HITS = 5000
_BLOCK_MARK = "¶"  # no token holds this sign

# Materialised, or the planner walks the primary key backwards and reads everything for a rare word.
_THEIRS = """
WITH hits AS MATERIALIZED (
    SELECT ticket_id FROM tickets_words WHERE words @@ %(begun)s::tsquery LIMIT %(most)s
)
SELECT ticket_id FROM hits ORDER BY ticket_id DESC LIMIT %(limit)s
"""
# Each step is taken only where those before it have not filled the answer.
_ANYBODYS = """
WITH last AS (SELECT COALESCE(MAX(ticket_id), 0) / %(block)s AS block FROM tickets_words),
two AS (
    SELECT string_agg(%(mark)s || block - n, '|')::tsquery AS blocks FROM last, generate_series(0, 1) n
),
eight AS (
    SELECT string_agg(%(mark)s || block - n, '|')::tsquery AS blocks FROM last, generate_series(0, 7) n
),
whole AS MATERIALIZED (
    SELECT ticket_id FROM tickets_words WHERE words @@ (SELECT %(whole)s::tsquery && blocks FROM two)
), wider AS MATERIALIZED (
    SELECT ticket_id FROM tickets_words
    WHERE (SELECT COUNT(*) FROM whole) < %(limit)s
    AND words @@ (SELECT %(whole)s::tsquery && blocks FROM eight)
), begun AS MATERIALIZED (
    SELECT ticket_id FROM tickets_words
    WHERE (SELECT COUNT(*) FROM whole) < %(limit)s AND (SELECT COUNT(*) FROM wider) < %(limit)s
    AND words @@ (SELECT %(begun)s::tsquery && blocks FROM two)
), hits AS MATERIALIZED (
    SELECT ticket_id FROM tickets_words
    WHERE (SELECT COUNT(*) FROM whole) < %(limit)s AND (SELECT COUNT(*) FROM wider) < %(limit)s
    AND (SELECT COUNT(*) FROM begun) < %(limit)s
    AND words @@ %(begun)s::tsquery LIMIT %(most)s
), found AS (
    TABLE whole UNION TABLE wider UNION TABLE begun UNION TABLE hits
)
SELECT ticket_id FROM found ORDER BY ticket_id DESC LIMIT %(limit)s
"""


def put(ticket_id: int, words: Words) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tickets_words (ticket_id, words) VALUES (%s, array_to_tsvector(%s))"
            " ON CONFLICT (ticket_id) DO UPDATE SET words = EXCLUDED.words",
            [ticket_id, lexemes(ticket_id, words)],
        )


def lexemes(ticket_id: int, words: Words) -> list[str]:
    """Everything that a request is found by, sorted and each once."""
    return sorted({*words.terms, _BLOCK_MARK + str(ticket_id // _BLOCK)})


def look_up(question: Question, *, limit: int) -> Sequence[int]:
    # Not on SQLite, where nobody needs the driver.
    from django.db.backends.postgresql.psycopg_any import mogrify

    values = {
        "whole": _query(question, ""),
        "begun": _query(question, ":*"),
        "mark": _BLOCK_MARK,
        "block": _BLOCK,
        "most": _MOST_HITS,
        "limit": limit,
    }
    statement = _ANYBODYS if question.scope is None else _THEIRS
    with connection.cursor() as cursor:
        # Written out with its words: prepared, it would get the plan of a rare word for a common one too.
        cursor.execute(mogrify(statement, values, connection))
        return [row[0] for row in cursor.fetchall()]


def _query(question: Question, ending: str) -> str:
    """A tsquery. Every token is quoted: nothing a person types is an operator."""
    asked = " | ".join(f"({_all_of(question, group, ending)})" for group in question.alternatives)
    if question.scope is None:
        return asked
    return f"({asked}) & ({' | '.join(_quoted(SCOPE + key) for key in question.scope)})"


def _all_of(question: Question, group: tuple[str, ...], ending: str) -> str:
    endings = [""] * (len(group) - 1) + [ending]
    return " & ".join(
        "(" + " | ".join(_quoted(term) + end for term in question.terms_of(token)) + ")"
        for token, end in zip(group, endings, strict=True)
    )


def _quoted(token: str) -> str:
    return "'" + token.replace("\\", "\\\\").replace("'", "''") + "'"
