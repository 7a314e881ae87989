"""Fill a migrated Guichet, and write down whom to send the requests as.

Run by bench/run with Guichet's own environment: `python -m bench.seed.guichet 10000 CAST.json`.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402

from bench.seed import loading  # noqa: E402
from bench.seed.story import AGENTS, CATEGORIES, ORGANISATIONS, PEOPLE_EACH, TEAMS, Story, stories  # noqa: E402
from bench.seed.texts import organisation, person, sentences  # noqa: E402
from guichet.domain.people.models import Person  # noqa: E402
from guichet.domain.tickets.index import Words, postgres, sqlite  # noqa: E402
from guichet.foundation.text.analysis import tokens  # noqa: E402

FIRST_NUMBER = 1001
_tokens = lru_cache(maxsize=100_000)(tokens)


def fill(loader: loading.Loader, count: int) -> None:
    customers = ORGANISATIONS * PEOPLE_EACH
    loader.load(
        "people_organisation",
        "id name country time_zone language plan created_at",
        (
            (n + 1, organisation(n), "FR", "Europe/Paris", "en", "team", _birth())
            for n in range(ORGANISATIONS)
        ),
    )
    loader.load(
        "people_person",
        "id password email name language time_zone phone staff_role wants_mail is_active created_at"
        " came_by_mail",
        (
            (n + 1, "!", f"person-{n}@example.com", person(n), "en", "Europe/Paris", "",
             "agent" if n >= customers else None, True, True, _birth(), False)
            for n in range(customers + AGENTS)
        ),
    )  # fmt: skip
    loader.load(
        "people_membership",
        "id person_id organisation_id role designated created_at",
        (
            (n + 1, n + 1, n // PEOPLE_EACH + 1, "member", n % PEOPLE_EACH == 0, _birth())
            for n in range(customers)
        ),
    )
    loader.load("people_team", "id name shared", ((n + 1, f"Team {n + 1}", n == 0) for n in range(TEAMS)))
    loader.load(
        "people_teammembership",
        "id team_id person_id",
        ((n + 1, n % TEAMS + 1, customers + n + 1) for n in range(AGENTS)),
    )
    loader.load("tickets_ticket", TICKET, map(_ticket, stories(count)))
    loader.load("tickets_message", MESSAGE, (row for one in stories(count) for row in _messages(one)))
    loader.load("timeline_event", EVENT, (row for one in stories(count) for row in _events(one)))
    columns, words = ("ticket_id words", _lexemes) if _postgres() else ("rowid words", _fts)
    loader.load("tickets_words", columns, map(words, stories(count)))


TICKET = (
    "id requester_id organisation_id category_id subject answers language channel state shelf hold_reason"
    " assignee_id team_id opened_at active_at done_at last_message_id last_public_by_staff mailbox"
)
MESSAGE = (
    "id ticket_id author_id by_staff kind channel body html created_at sender_address sender_name trimmed"
)
EVENT = "id kind subject subject_id at by_id facts reacted_at attempts failure"


def _ticket(one: Story) -> tuple[object, ...]:
    by_staff = one.turns % 2 == 0
    state = {"team": "open" if one.turns > 1 else "new", "customer": "waiting", "done": "closed"}[one.shelf]
    return (
        one.index + FIRST_NUMBER, one.person + 1, one.organisation + 1, CATEGORIES[one.category], one.subject,
        {}, "en", "portal", state, one.shelf, "", None if one.agent is None else _agent(one.agent),
        None if one.team is None else one.team + 1, one.opened, one.active,
        one.active if one.shelf == "done" else None, one.message_id(one.turns - 1), by_staff, "",
    )  # fmt: skip


def _messages(one: Story) -> Iterator[tuple[object, ...]]:
    for turn in range(one.turns):
        by_staff, body = turn % 2 == 1, one.body(turn)
        author, channel = _author(one, turn), "desk" if by_staff else "portal"
        yield (one.message_id(turn), one.index + FIRST_NUMBER, author, by_staff, "public", channel, body,
               f"<p>{body}</p>", one.said_at(turn), "", "", False)  # fmt: skip


def _events(one: Story) -> Iterator[tuple[object, ...]]:
    for turn in range(one.turns):
        at, number = one.said_at(turn), one.message_id(turn)
        facts = {"ticket_id": one.index + FIRST_NUMBER, "message_id": number, "channel": "portal"}
        kind = "ticket_replied" if turn else "ticket_opened"
        yield (
            number + FIRST_NUMBER,
            kind,
            "ticket",
            one.index + FIRST_NUMBER,
            at,
            _author(one, turn),
            facts,
            at,
            1,
            "",
        )


def _words(one: Story) -> Words:
    said = [*tokens(one.subject, "en"), *tokens(one.body(0).rpartition(". ")[2], "en")]
    for turn in range(one.turns):
        for sentence in sentences(one.index, turn):
            said.extend(_tokens(sentence, "en"))
    scope = (f"o{one.organisation + 1}", f"p{one.person + 1}")
    return Words(public=tuple(dict.fromkeys(said)), notes=(), scope=scope)


def _fts(one: Story) -> tuple[object, ...]:
    return (one.index + FIRST_NUMBER, sqlite.line(_words(one)))


def _lexemes(one: Story) -> tuple[object, ...]:
    lexemes = postgres.lexemes(one.index + FIRST_NUMBER, _words(one))
    return (one.index + FIRST_NUMBER, " ".join(f"'{lexeme}'" for lexeme in lexemes))


def _author(one: Story, turn: int) -> int:
    return _agent(one.agent or 0) if turn % 2 else one.person + 1


def _agent(number: int) -> int:
    return ORGANISATIONS * PEOPLE_EACH + number + 1


def _birth() -> object:
    return next(stories(1)).opened


def _postgres() -> bool:
    return connection.vendor == "postgresql"


def cast(count: int) -> dict[str, object]:
    """Sessions of four agents and four customers, and requests that each of the agents reaches."""
    chosen = [one for one in stories(min(count, 200_000)) if one.team is None]
    step = max(count // 300, 1)
    return {
        "agents": [_session(_agent(n)) for n in range(4)],
        "customers": [_session(n * PEOPLE_EACH * 7 + (n % 2) + 1) for n in range(4)],
        "threads": [one.index + FIRST_NUMBER for one in _spread(count, step) if one.team is None],
        "open": [one.index + FIRST_NUMBER for one in chosen if one.shelf == "team"][:400],
        "cookie": settings.SESSION_COOKIE_NAME,
        "csrf": settings.CSRF_COOKIE_NAME,
    }


def _spread(count: int, step: int) -> list[Story]:
    from bench.seed.story import story

    return [story(index, count) for index in range(0, count, step)]


def _session(person_id: int) -> str:
    who = Person.objects.get(pk=person_id)
    session = SessionStore()
    session["_auth_user_id"] = str(person_id)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = who.get_session_auth_hash()
    # A second step, as staff have taken it.
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session.set_expiry(timedelta(days=3650))
    session.create()
    assert session.session_key
    return session.session_key


def main() -> None:
    count, kept = int(sys.argv[1]), Path(sys.argv[2])
    if not Person.objects.exists():
        url = settings.DATABASES["default"]["NAME"]
        opened = loading.postgres(sys.argv[3]) if _postgres() else loading.sqlite(str(url))
        with opened as loader:
            fill(loader, count)
    kept.write_text(json.dumps(cast(count)))


if __name__ == "__main__":
    main()
