from collections.abc import Collection

from django.conf import settings
from django.db import connection

from guichet.domain.people.actors import Actor
from guichet.foundation.database.written import Written, stand_in
from guichet.foundation.text.analysis import folded, tokens

from ..index import Question, look_up
from ..models import Ticket
from ..policies import may_see_notes
from .reach import condition_for
from .rows import TicketRow, columns_of

FOUND_AT_MOST = 50
_CANDIDATES = 300

# The numbers are written out: as parameters, hundreds of them take three times as long.
_SUBJECTS = """
SELECT id, subject FROM tickets_ticket WHERE id IN ({among}) AND {reached} ORDER BY active_at DESC, id DESC
"""

_PLACES = [f"found {place}" for place in range(FOUND_AT_MOST)]
_FOUND = Written(lambda: columns_of(Ticket.objects.filter(pk__in=[stand_in(place) for place in _PLACES])))

Groups = tuple[tuple[str, ...], ...]


def search_requests(actor: Actor, text: str) -> list[TicketRow]:
    """The requests an actor reaches that answer these words, those that say it in the subject first.

    Words are looked for in each of our languages, since people search in theirs what others wrote in
    their own. A number, with or without its #, also finds the request of that number.
    """
    groups = _alternatives(text)
    number = text.strip().lstrip("#")
    wanted = {*look_up(_question(actor, groups), limit=_CANDIDATES)}
    if number.isdecimal() and len(number) < 19:
        wanted.add(int(number))
    asked = {token for group in groups for token in group}
    # Sorting keeps the order of what ranks alike: the latest first.
    ranked = sorted(_subjects(actor, wanted), key=lambda row: _rank(*row, asked=asked, number=number))
    return _rows([pk for pk, _subject in ranked[:FOUND_AT_MOST]])


def _question(actor: Actor, groups: Groups) -> Question:
    scope = None
    if not (actor.is_staff or actor.is_system):
        scope = (f"p{actor.person_id}", *(f"o{organisation}" for organisation in actor.overseen))
    return Question(alternatives=groups, with_notes=may_see_notes(actor), scope=scope)


def _alternatives(text: str) -> Groups:
    groups = (tuple(tokens(text[:200], language)) for language, _name in settings.LANGUAGES)
    return tuple(dict.fromkeys(group for group in groups if group))


def _subjects(actor: Actor, ids: Collection[int]) -> list[tuple[int, str]]:
    """Id and subject of those that the actor reaches, latest first: all that ranking asks of hundreds."""
    if not ids:
        return []
    reached, values = condition_for(actor)
    with connection.cursor() as cursor:
        cursor.execute(_SUBJECTS.format(among=", ".join(map(str, ids)), reached=reached), values)
        rows: list[tuple[int, str]] = cursor.fetchall()
    return rows


def _rank(pk: int, subject: str, *, asked: set[str], number: str) -> tuple[bool, int]:
    plain = folded(subject)  # a stem is the beginning of its word
    return str(pk) != number, -sum(token in plain for token in asked)


def _rows(ids: list[int]) -> list[TicketRow]:
    """What is shown of these, in this order."""
    if not ids:
        return []
    # A place too many holds the last one again.
    places = dict.fromkeys(_PLACES, ids[-1]) | dict(zip(_PLACES, ids, strict=False))
    rows = {row.id: row for row in (TicketRow(*columns) for columns in _FOUND.rows(**places))}
    return [rows[pk] for pk in ids if pk in rows]
