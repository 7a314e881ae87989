"""The loop that runs what follows: events, mails to send, chores. As many of it as you like, anywhere."""

import threading
from datetime import datetime, timedelta

import structlog
from django.db import close_old_connections

from guichet.foundation import pubsub
from guichet.foundation.courtesy import behind_pages

from .email.connection import Connection
from .email.send import send_next
from .email.senders import Senders
from .moment import moment
from .pending import react_to_next
from .schedule import heartbeat, slots
from .schedule.chores import CHORES

LONGEST_SLEEP = 1.0  # seconds: news of work can be missed, so a look is never far away
_PAUSE_AFTER_FAULT = 2.0
_EVENTS_AT_ONCE = 50  # then mails and chores have their turn
_LOOK_FOR_CHORES = timedelta(seconds=30)

log = structlog.get_logger("guichet.worker")


def run(stop: threading.Event) -> None:
    """Work until `stop` is set; what is being sent then is finished first."""
    log.info("the worker is at work")
    rhythm = _Rhythm()
    with Senders() as senders, behind_pages():
        while not stop.is_set():
            try:
                busy = _round(senders, rhythm)
            except Exception:
                # The database is away, or the disk is full: whatever it is, giving up would not help.
                log.exception("the worker has met a fault and goes on")
                close_old_connections()
                stop.wait(_PAUSE_AFTER_FAULT)
                continue
            if not busy and not stop.is_set():
                pubsub.waiting(LONGEST_SLEEP)


def drain(*, limit: int = 10_000, at: datetime | None = None) -> int:
    """Run every due event and send every due mail, here and now. Returns how many, at most `limit`.

    For tests and for loading the demonstration; `at` is the moment it is done, now by default.
    """
    done = 0
    with Connection() as connection:
        while done < limit:
            now = at or moment()
            if not (react_to_next(now) or send_next(now, connection)):
                break
            done += 1
    return done


class _Rhythm:
    """When the slow beats of the loop fall next."""

    def __init__(self) -> None:
        self._next: dict[str, datetime] = {}

    def falls(self, beat: str, every: timedelta, at: datetime) -> bool:
        if at < self._next.get(beat, at):
            return False
        self._next[beat] = at + every
        return True


def _round(senders: Senders, rhythm: _Rhythm) -> bool:
    """One turn of the loop. True when more events are waiting; a sender that gets free wakes us itself."""
    at = moment()
    if rhythm.falls("heartbeat", heartbeat.EVERY, at):
        heartbeat.beat(at)
        senders.renew_leases(at)
    if rhythm.falls("chores", _LOOK_FOR_CHORES, at):
        slots.run_due(CHORES, at=at)
    reacted = _react(_EVENTS_AT_ONCE)
    senders.send_due(moment())
    return reacted == _EVENTS_AT_ONCE


def _react(most: int) -> int:
    for done in range(most):
        if not react_to_next(moment()):
            return done
    return most
