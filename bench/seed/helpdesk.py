"""Fill a migrated django-helpdesk with the same requests. Run in its own environment:
`python -m bench.seed.helpdesk 10000 CAST.json URL`.
"""

import json
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY as BACKEND  # noqa: E402
from django.contrib.auth import HASH_SESSION_KEY as HASH  # noqa: E402
from django.contrib.auth import SESSION_KEY, get_user_model  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from bench.seed import loading  # noqa: E402
from bench.seed.story import AGENTS, CATEGORIES, ORGANISATIONS, PEOPLE_EACH, Story, stories, story  # noqa: E402
from bench.seed.texts import person  # noqa: E402

CUSTOMERS = ORGANISATIONS * PEOPLE_EACH
STATUS = {"team": 1, "customer": 1, "done": 4}
TICKET = (
    "id title queue_id created modified submitter_email assigned_to_id status on_hold description priority"
    " secret_key"
)
FOLLOW_UP = "id ticket_id date title comment public user_id"


def fill(loader: loading.Loader, count: int) -> None:
    birth = next(stories(1)).opened
    loader.load(
        "auth_user",
        "id password is_superuser username first_name last_name email is_staff is_active date_joined",
        (
            (n + 1, "!", False, f"person-{n}", *person(n).split(), _email(n), n >= CUSTOMERS, True, birth)
            for n in range(CUSTOMERS + AGENTS)
        ),
    )
    loader.load("helpdesk_ticket", TICKET, map(_ticket, stories(count)))
    loader.load("helpdesk_followup", FOLLOW_UP, (row for one in stories(count) for row in _follow_ups(one)))


def _ticket(one: Story) -> tuple[object, ...]:
    agent = None if one.agent is None else _agent(one.agent)
    return (
        one.index + 1, one.subject, one.category + 1, one.opened, one.active, _email(one.person), agent,
        STATUS[one.shelf], one.shelf == "customer", one.body(0), 3, f"secret-{one.index}",
    )  # fmt: skip


def _follow_ups(one: Story) -> Iterator[tuple[object, ...]]:
    for turn in range(1, one.turns):
        author = _agent(one.agent or 0) if turn % 2 else one.person + 1
        yield (
            one.message_id(turn),
            one.index + 1,
            one.said_at(turn),
            "Comment",
            one.body(turn),
            True,
            author,
        )


def _email(number: int) -> str:
    return f"person-{number}@example.com"


def _agent(number: int) -> int:
    return CUSTOMERS + number + 1


def _queues() -> None:
    from helpdesk.models import Queue  # type: ignore[import-not-found]  # in its own environment

    for key in CATEGORIES:
        Queue.objects.create(
            title=key.title(), slug=key, allow_public_submission=True, email_address="a@example.com"
        )


def _session(user_id: int) -> str:
    user = get_user_model().objects.get(pk=user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user_id)
    session[BACKEND] = "django.contrib.auth.backends.ModelBackend"
    session[HASH] = user.get_session_auth_hash()
    session.set_expiry(timedelta(days=3650))
    session.create()
    return str(session.session_key)


def cast(count: int) -> dict[str, object]:
    spread = [story(index, count) for index in range(0, count, max(count // 300, 1))]
    chosen = [one for one in stories(min(count, 200_000)) if one.team is None and one.shelf == "team"]
    return {
        "agents": [_session(_agent(n)) for n in range(4)],
        "customers": [_session(n * PEOPLE_EACH * 7 + (n % 2) + 1) for n in range(4)],
        "threads": [one.index + 1 for one in spread if one.team is None],
        "open": [one.index + 1 for one in chosen][:400],
        "emails": [_email(n * PEOPLE_EACH * 7 + n % 2) for n in range(4)],
    }


def main() -> None:
    count, kept, url = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if not get_user_model().objects.exists():
        _queues()
        with loading.postgres(url) as loader:
            fill(loader, count)
        from django.core.management import call_command

        call_command("create_usersettings")
    kept.write_text(json.dumps(cast(count)))


if __name__ == "__main__":
    main()
