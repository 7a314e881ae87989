"""Words in an FTS5 table whose rowid is the request's id: reading it backwards gives the newest first.

A word is read lazily from its newest end, an OR of words too, and so is a beginning of up to three signs,
which the table keeps as words of their own. Of a longer beginning FTS5 would gather every request before it
gives the newest: 70 ms where a million hold a common word. So it is asked as the words that begin so.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from .words import SCOPE, Question, Words

_KEPT_BEGINNINGS = 3  # signs: as in the `prefix` of the table
_LAST_SIGN = "\U0010ffff"
_MOST_WORDS = 50  # asked for one beginning; of more, FTS5 gathers what they find: mostly rare ones

# From each word straight to the next that differs: reading on would meet every request that holds it.
_BEGUN = """
WITH RECURSIVE
asked(beginning, beyond) AS (VALUES {asked}),
begun(beginning, beyond, count, term) AS (
    SELECT beginning, beyond, 1, (SELECT term FROM tickets_terms WHERE term >= beginning LIMIT 1)
    FROM asked
    UNION ALL
    SELECT
        beginning, beyond, count + 1,
        (SELECT term FROM tickets_terms WHERE term >= begun.term || char(1) LIMIT 1)
    FROM begun WHERE term < beyond AND count <= {most}
)
SELECT beginning, term FROM begun WHERE term < beyond AND term <> beginning
"""


def put(ticket_id: int, words: Words) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM tickets_words WHERE rowid = %s", [ticket_id])
        cursor.execute("INSERT INTO tickets_words (rowid, words) VALUES (%s, %s)", [ticket_id, line(words)])


def line(words: Words) -> str:
    """Everything that a request is found by, as the table's tokenizer splits it."""
    return " ".join(sorted(words.terms))


def look_up(question: Question, *, limit: int) -> Sequence[int]:
    """Whole words first, then, where they do not fill the answer, longer ones too. None is left out."""
    lasts = [term for group in question.alternatives for term in question.terms_of(group[-1])]
    whole = {term: [_quoted(term)] for term in lasts}
    found = _ask(question, whole, limit)
    if len(found) == limit:
        return found
    longer = _beginning_with(lasts)
    return found if longer == whole else _ask(question, longer, limit)


def _ask(question: Question, ends: Mapping[str, Sequence[str]], limit: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM tickets_words WHERE tickets_words MATCH %s ORDER BY rowid DESC LIMIT %s",
            [_match(question, ends), limit],
        )
        return [row[0] for row in cursor.fetchall()]


def _match(question: Question, ends: Mapping[str, Sequence[str]]) -> str:
    """An FTS5 expression; `ends` says what the last term of a group may be."""
    expression = _any(" AND ".join(_all_of(question, group, ends)) for group in question.alternatives)
    if question.scope is None:
        return expression
    return f"{expression} AND {_any(_quoted(SCOPE + key) for key in question.scope)}"


def _all_of(question: Question, group: Sequence[str], ends: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for token in group[:-1]:
        yield _any(_quoted(term) for term in question.terms_of(token))
    yield _any(choice for term in question.terms_of(group[-1]) for choice in ends[term])


def _beginning_with(terms: Sequence[str]) -> dict[str, list[str]]:
    """For each term, what finds the words that begin with it, itself among them."""
    found = {term: [_quoted(term)] for term in terms}
    for beginning, term in _begun([term for term in found if len(term) > _KEPT_BEGINNINGS]):
        found[beginning].append(_quoted(term))
    return {
        term: [f"{_quoted(term)} *"]
        if len(term) <= _KEPT_BEGINNINGS or len(choices) > _MOST_WORDS
        else choices
        for term, choices in found.items()
    }


def _begun(beginnings: Sequence[str]) -> list[tuple[str, str]]:
    """Pairs of a beginning and a longer word; of one with too many, at least _MOST_WORDS."""
    if not beginnings:
        return []
    asked = ", ".join(["(%s, %s)"] * len(beginnings))
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGUN.format(asked=asked, most=_MOST_WORDS),
            [bound for beginning in beginnings for bound in (beginning, beginning + _LAST_SIGN)],
        )
        rows: list[tuple[str, str]] = cursor.fetchall()
    return rows


def _any(choices: Iterable[str]) -> str:
    return "(" + " OR ".join(choices) + ")"


def _quoted(term: str) -> str:
    """Quoted, so that nothing a person types is an operator."""
    return '"' + term.replace('"', '""') + '"'
