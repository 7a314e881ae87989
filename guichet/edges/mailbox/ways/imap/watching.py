"""Keeping an eye on each mailbox: told of new mail by IDLE, or looking for it where the server has none."""

import threading
from datetime import timedelta
from functools import partial
from io import BufferedReader
from typing import cast
from uuid import UUID, uuid4

import structlog
from django.conf import settings
from django.db import close_old_connections
from django.db.models import Q
from imap_tools import BaseMailBox

from guichet.foundation import clock
from guichet.foundation.courtesy import behind_pages
from guichet.reactions.moment import moment

from ...models import MailboxWatch
from ...states import Fault
from .accounts import Account
from .connecting import BROKEN, Unreachable, connected
from .fetching import AT_ONCE, fetch_new

HELD = timedelta(seconds=60)
_SLICE = 1.0  # seconds of waiting between two looks whether to end
_SLICES_HELD = 20
# Then listening is begun anew: routers forget quiet connections, servers end them after half an hour.
_SLICES_OF_IDLE = 300
_FIRST_PAUSE, _LONGEST_PAUSE = 5.0, 300.0

log = structlog.get_logger("guichet.mail")


def run(stop: threading.Event) -> None:
    """Watch every mailbox of the settings until `stop` is set, each in a thread of its own."""
    threads = [
        threading.Thread(target=partial(watch, account, stop), name=f"mailbox-{account.key}")
        for account in settings.GUICHET_MAILBOXES.values()
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def watch(account: Account, stop: threading.Event, *, looks_every: int = 60) -> None:
    """Hold the mailbox, or wait for whoever does; read it for as long as it can be read, and again.

    A server that does not tell of new mail is asked for it after `looks_every` seconds.
    """
    with behind_pages():
        _watch(account, stop, looks_every)


def _watch(account: Account, stop: threading.Event, looks_every: int) -> None:
    me, pause, at_once = uuid4(), _FIRST_PAUSE, AT_ONCE
    while not stop.is_set():
        close_old_connections()
        try:
            if not _hold(account.key, me):
                stop.wait(_FIRST_PAUSE)
                continue
            with connected(account) as box:
                pause = _FIRST_PAUSE
                _read(box, account.key, me, stop, looks_every=looks_every, at_once=at_once)
        except Unreachable as error:
            _failed(account.key, error.fault, error.said)
        except BROKEN as error:
            _failed(account.key, Fault.LOST, str(error))
            at_once = 1  # a line that breaks within every batch would bring the first mails of it for ever
        except Exception:
            # The database is away, or the disk is full: what was not committed is fetched again.
            log.exception("a mailbox could not be read", mailbox=account.key)
        else:
            at_once = AT_ONCE
            continue
        stop.wait(pause)
        pause = min(2 * pause, _LONGEST_PAUSE)
    _let_go(account.key, me)


def _read(
    box: BaseMailBox, key: str, me: UUID, stop: threading.Event, *, looks_every: int, at_once: int
) -> None:
    """Fetch, `at_once` mails first, wait for news, and so on, until another holds it or `stop` is set."""
    wait = _hear if "IDLE" in box.client.capabilities else partial(_look, seconds=looks_every)
    while not stop.is_set() and _hold(key, me):
        row = MailboxWatch.objects.get(pk=key)
        fetch_new(box, row, at_once=at_once)
        at_once = AT_ONCE
        MailboxWatch.objects.filter(pk=key).update(
            checked_at=clock.now(), fault="", said="", failing_since=None
        )
        close_old_connections()
        if box.client.response("EXISTS")[1] != [None]:  # told while it was read, and never again
            continue
        if not wait(box, key, me, stop):
            return


def _hear(box: BaseMailBox, key: str, me: UUID, stop: threading.Event) -> bool:
    """Wait to be told of a change (RFC 2177). False when the mailbox is no longer held."""
    with box.idle as idle:
        if _has_more(box):
            return True
        for number in range(1, _SLICES_OF_IDLE + 1):
            if stop.is_set() or any(b"EXISTS" in line for line in idle.poll(_SLICE)):
                return True
            if number % _SLICES_HELD == 0 and not _hold(key, me):
                return False
    return True


def _has_more(box: BaseMailBox) -> bool:
    """Whether the server said more than was waited for: what was read along with that wakes nobody."""
    connection, patience = box.client.sock, box.client.sock.gettimeout()
    answers = cast("BufferedReader", box.client.file)
    connection.settimeout(0)
    try:
        return bool(answers.peek(1))
    except OSError:  # nothing, as a line with TLS says it
        return False
    finally:
        connection.settimeout(patience)


def _look(box: BaseMailBox, key: str, me: UUID, stop: threading.Event, *, seconds: int) -> bool:
    for number in range(1, int(seconds / _SLICE) + 1):
        if stop.wait(_SLICE):
            return True
        if number % _SLICES_HELD == 0 and not _hold(key, me):
            return False
    box.client.noop()
    return True


def _hold(key: str, me: UUID) -> bool:
    """Take the mailbox, or keep it, for HELD; false while another has it."""
    at = moment()
    MailboxWatch.objects.bulk_create([MailboxWatch(key=key)], ignore_conflicts=True)
    free = MailboxWatch.objects.filter(Q(held_by=me) | Q(held_by=None) | Q(held_until__lt=at), pk=key)
    return bool(free.update(held_by=me, held_until=at + HELD))


def _let_go(key: str, me: UUID) -> None:
    MailboxWatch.objects.filter(pk=key, held_by=me).update(held_by=None, held_until=None)


def _failed(key: str, fault: Fault, said: str) -> None:
    log.warning("a mailbox could not be read", mailbox=key, fault=fault.value, said=said)
    MailboxWatch.objects.filter(pk=key).update(fault=fault, said=said[:500])
    MailboxWatch.objects.filter(pk=key, failing_since=None).update(failing_since=clock.now())
