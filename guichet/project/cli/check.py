"""Is this installation sound?"""

import os
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError, connection

Question = Callable[[], str]

_LONG = timedelta(minutes=5)


class Problem(Exception):
    """What is wrong, and what to do about it."""


@click.command(epilog="\b\nExample: guichet check && guichet serve")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Say whether this installation is sound: a line for each thing, with the remedy where one is not.

    Ends with status 1 when anything is wrong.
    """
    sound = True
    for name, question in QUESTIONS.items():
        try:
            click.echo(f"ok       {name}: {question()}")
        except Problem as problem:
            sound = False
            click.echo(f"problem  {name}: {problem}")
    ctx.exit(0 if sound else 1)


def _python() -> str:
    return sys.version.split()[0]


def _sqlite() -> str:
    if connection.vendor != "sqlite":
        return "not used"
    options = {row[0] for row in sqlite3.connect(":memory:").execute("PRAGMA compile_options")}
    if sqlite3.sqlite_version_info < (3, 40):
        raise Problem(
            f"{sqlite3.sqlite_version} is too old. Use a Python with SQLite 3.40 or newer, or PostgreSQL."
        )
    if "ENABLE_FTS5" not in options:
        raise Problem("has no full-text search (FTS5). Use another build of Python, or PostgreSQL.")
    return f"{sqlite3.sqlite_version} with FTS5"


def _database() -> str:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        raise Problem(
            f"does not answer ({str(error).strip()}). See that it runs, and DATABASE_URL."
        ) from error
    return f"{connection.vendor} answers"


def _migrations() -> str:
    from guichet.project.health import unapplied_migrations

    try:
        missing = unapplied_migrations()
    except DatabaseError as error:
        raise Problem("cannot be told while the database does not answer.") from error
    if missing:
        raise Problem(f"{missing} not applied. Run `guichet migrate`.")
    return "all applied"


def _data() -> str:
    folder: Path = settings.GUICHET_DATA
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Problem(
            f"{folder} cannot be written ({error.strerror}). Give it to the user Guichet runs as."
        ) from error
    return f"{folder} can be written"


def _files() -> str:
    from guichet.foundation.storage.files import discard, open_stored, store

    try:
        name = store([b"guichet"], limit=100).name
        try:
            with open_stored(name) as kept:
                kept.read()
        finally:
            discard(name)
    except Exception as error:  # a store has errors of its own
        raise Problem(f"cannot be kept ({error.__cause__ or error}). See GUICHET_STORAGE_URL.") from error
    return "can be kept and read again"


def _secret_key() -> str:
    kept = settings.GUICHET_DATA / "secret_key"
    if kept.exists() and kept.stat().st_mode & 0o077:
        raise Problem(f"{kept} can be read by others. Run `chmod 600 {kept}`.")
    return f"{len(settings.SECRET_KEY)} characters"


def _address() -> str:
    secure = settings.GUICHET_URL.startswith("https://")
    if not (secure or settings.DEBUG or settings.GUICHET_DEMO):
        raise Problem(
            f"{settings.GUICHET_URL} is not https. Set GUICHET_URL to the address that people type."
        )
    if secure and not settings.GUICHET_PROXIES:
        raise Problem("https needs a proxy that ends it. Set GUICHET_PROXIES to the proxy's address.")
    return str(settings.GUICHET_URL)


def _mail() -> str:
    import smtplib

    from django.core.mail import get_connection

    if settings.GUICHET_OUTBOX:
        return f"kept for the demonstration, at {settings.GUICHET_URL}/_outbox/"
    try:
        server = get_connection()
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        raise Problem(
            f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} refuses ({error}). See GUICHET_MAIL_URL."
        ) from error
    return f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT} answers"


def _signature() -> str:
    made = settings.GUICHET_DKIM
    return f"{made.algorithm}, under {made.selector}" if made else "left to your mail server or provider"


def _mailboxes() -> str:
    from guichet.edges.mailbox.sources import strays

    try:
        unknown = strays()
    except (DatabaseError, LookupError) as error:
        raise Problem("cannot be told before a policy is applied.") from error
    if unknown:
        first = unknown[0]
        raise Problem(
            f"{first.variable} fetches mail for “{first.key}”, which is no mailbox of the policy."
            " Add it to the policy, or take the variable away."
        )
    return f"{len(settings.GUICHET_MAILBOXES)} fetched"


def _redis() -> str:
    import redis

    if not settings.REDIS_URL:
        return "not used; one process carries its own live news"
    try:
        redis.Redis.from_url(settings.REDIS_URL, socket_timeout=5).ping()
    except redis.RedisError as error:
        raise Problem(f"does not answer ({error}). See that it runs, and REDIS_URL.") from error
    return "answers"


def _policy() -> str:
    from guichet.domain.policy import queries

    try:
        applied = queries.in_force()
    except DatabaseError as error:
        raise Problem("cannot be told before the database has its shape. Run `guichet migrate`.") from error
    if applied is None:
        raise Problem("none was applied. Write a policy.toml and run `guichet policy apply policy.toml`.")
    return f"applied on {applied.applied_at:%Y-%m-%d}"


def _worker() -> str:
    from guichet.foundation import clock
    from guichet.reactions.queries import waiting_since
    from guichet.reactions.schedule.heartbeat import worker_is_alive

    try:
        now = clock.now()
        since = waiting_since(now - _LONG)
        if worker_is_alive(now):
            return "at work"
    except DatabaseError as error:
        raise Problem("cannot be told before the database has its shape. Run `guichet migrate`.") from error
    if since:
        raise Problem(
            f"none is at work, and mails wait since {since:%H:%M}. Run `guichet serve` or `worker`."
        )
    return "none is at work just now"


QUESTIONS: dict[str, Question] = {
    "Python": _python,
    "SQLite": _sqlite,
    "data folder": _data,
    "attachments": _files,
    "secret key": _secret_key,
    "address": _address,
    "database": _database,
    "migrations": _migrations,
    "policy": _policy,
    "mail": _mail,
    "signature of mails": _signature,
    "mailboxes": _mailboxes,
    "Redis": _redis,
    "worker": _worker,
}
