"""A few mails at once, so that a slow host does not hold the others."""

import threading
import time
from collections import Counter
from datetime import datetime
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Self

import structlog
from django.db import close_old_connections, connections

from guichet.foundation import pubsub
from guichet.foundation.courtesy import behind_pages

from .claim import claim, renew
from .connection import SECONDS_IDLE, Connection
from .models import Delivery
from .send import attempt

THREADS = 3
MOST_TO_ONE_DOMAIN = 2  # so that a domain which hangs leaves a thread to the others
_SECONDS_TO_FINISH = 8.0

_Job = tuple[Delivery, datetime]

log = structlog.get_logger("guichet.mail")


class Senders:
    """The threads of one worker that hand mails over. Only the worker's own thread calls the methods.

    They are daemons of our own rather than an executor's, which Python would wait for at its end: a server
    that hangs must not keep the process from stopping. What is cut off then is tried again when its lease
    ends.
    """

    def __init__(self) -> None:
        self._todo: SimpleQueue[_Job | None] = SimpleQueue()
        self._done: SimpleQueue[Delivery] = SimpleQueue()
        self._at_work: list[Delivery] = []
        self._threads = [
            threading.Thread(target=self._work, name=f"mail-{number}", daemon=True)
            for number in range(THREADS)
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        deadline = time.monotonic() + _SECONDS_TO_FINISH
        for _thread in self._threads:
            self._todo.put(None)
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))

    def send_due(self, at: datetime) -> None:
        """Claim a due mail for each thread that is free. A thread that becomes free wakes the worker."""
        self._sweep()
        while len(self._at_work) < THREADS:
            delivery = claim(at, avoid=self._busy_domains())
            if delivery is None:
                return
            self._at_work.append(delivery)
            self._todo.put((delivery, at))

    def renew_leases(self, at: datetime) -> None:
        """Keep what is still being sent: a slow server is no reason to send a mail twice."""
        self._sweep()
        leases = [delivery.lease_id for delivery in self._at_work if delivery.lease_id]
        if leases:
            renew(leases, at)

    def _sweep(self) -> None:
        try:
            while True:
                self._at_work.remove(self._done.get_nowait())
        except Empty:
            return

    def _busy_domains(self) -> list[str]:
        busy = Counter(delivery.domain for delivery in self._at_work)
        return [domain for domain, count in busy.items() if count >= MOST_TO_ONE_DOMAIN]

    def _work(self) -> None:
        with Connection() as connection, behind_pages():
            while (job := self._next(connection)) is not None:
                delivery, at = job
                close_old_connections()
                try:
                    attempt(delivery, at, connection)
                except Exception:
                    log.exception("a mail was left; it is tried again later", delivery=delivery.pk)
                self._done.put(delivery)
                pubsub.wake()
        connections.close_all()

    def _next(self, connection: Connection) -> _Job | None:
        """Wait for the next mail; a connection that nothing comes for is not kept."""
        try:
            return self._todo.get(timeout=SECONDS_IDLE if connection.is_open else None)
        except Empty:
            connection.close()
            return self._todo.get()
