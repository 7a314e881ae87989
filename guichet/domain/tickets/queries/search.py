from django.conf import settings

from guichet.domain.people.actors import Actor
from guichet.foundation.text.analysis import folded, tokens

from ..index import Question, look_up
from ..policies import may_see_notes
from .reach import visible_to
from .rows import TicketRow, rows_of

FOUND_AT_MOST = 50
_CANDIDATES = 300


def search_requests(actor: Actor, text: str) -> list[TicketRow]:
    """The requests an actor reaches that answer these words, those that say it in the subject first.

    Words are looked for in each of our languages, since people search in theirs what others wrote in
    their own. A number, with or without its #, also finds the request of that number.
    """
    candidates = look_up(_question(actor, text), limit=_CANDIDATES)
    number = text.strip().lstrip("#")
    wanted = {*candidates, *([int(number)] if number.isdecimal() and len(number) < 19 else [])}
    if not wanted:
        return []
    rows = rows_of(visible_to(actor).filter(pk__in=wanted))
    asked = {token for group in _alternatives(text) for token in group}
    return sorted(rows, key=lambda row: _rank(row, asked, number))[:FOUND_AT_MOST]


def _question(actor: Actor, text: str) -> Question:
    scope = None
    if not (actor.is_staff or actor.is_system):
        scope = (f"p{actor.person_id}", *(f"o{organisation}" for organisation in actor.overseen))
    return Question(alternatives=_alternatives(text), with_notes=may_see_notes(actor), scope=scope)


def _alternatives(text: str) -> tuple[tuple[str, ...], ...]:
    groups = (tuple(tokens(text[:200], language)) for language, _name in settings.LANGUAGES)
    return tuple(dict.fromkeys(group for group in groups if group))


def _rank(row: TicketRow, asked: set[str], number: str) -> tuple[bool, int, float, int]:
    subject = folded(row.subject)  # a stem is the beginning of its word
    said = sum(token in subject for token in asked)
    return str(row.number) != number, -said, -row.active_at.timestamp(), -row.id
