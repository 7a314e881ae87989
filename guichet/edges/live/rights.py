"""Who is at the other end of a socket, and which topics they may hear: asked now, and again later."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person
from guichet.domain.people.queries import actor_of
from guichet.domain.tickets.queries import visible_to
from guichet.edges.second_step import lacks_second_step

_TOPIC = re.compile(r"(desk-ticket|ticket|person)-([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who listens, and which of the topics they named are theirs to hear."""

    actor: Actor
    topics: frozenset[str]


def hearing(session_key: str, wanted: Iterable[str]) -> Heard | None:
    """The person of this session as of now, and the topics they may hear; None if the session has ended."""
    actor = _actor_of_session(session_key)
    if actor is None:
        return None
    return Heard(actor, _theirs(actor, wanted))


def _actor_of_session(session_key: str) -> Actor | None:
    store = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    request: Any = SimpleNamespace(session=store)
    person = get_user(request)
    if not isinstance(person, Person) or not person.is_active:
        return None
    actor = actor_of(person)
    return None if lacks_second_step(actor, store) else actor


def _theirs(actor: Actor, wanted: Iterable[str]) -> frozenset[str]:
    """Those of the topics that are theirs to hear, in one query however many are wanted."""
    named = {topic: match for topic in wanted if (match := _TOPIC.fullmatch(topic)) or topic == "desk"}
    numbers = {int(match[2]) for match in named.values() if match and match[1] != "person"}
    seen = visible_to(actor).filter(pk__in=numbers).values_list("pk", flat=True) if numbers else ()
    reach = frozenset(seen)
    return frozenset(topic for topic, match in named.items() if _may_hear(actor, match, reach))


def _may_hear(actor: Actor, match: re.Match[str] | None, reach: frozenset[int]) -> bool:
    return actor.is_staff if match is None else _RULES[match[1]](actor, int(match[2]), reach)


# By kind of topic: who asks, the number in it, and the numbers of the requests that they reach.
_RULES: dict[str, Callable[[Actor, int, frozenset[int]], bool]] = {
    "person": lambda actor, pk, _reach: actor.person_id == pk,
    "ticket": lambda _actor, number, reach: number in reach,
    "desk-ticket": lambda actor, number, reach: actor.is_staff and number in reach,
}
