"""Mail servers hand mail over: by LMTP (RFC 2033) or SMTP (RFC 5321), answered 250 once it is committed.

For a server of one's own, on this machine or a private network: nobody is asked who they are.
"""

import asyncio
import errno
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import close_old_connections

from guichet.foundation import clock

from ..receive import receive
from ..recipients import is_ours
from ..states import Way
from .protocols import PROTOCOLS

_KEPT = "250 2.0.0 It is kept"
_LATER = "451 4.3.0 It could not be kept. Try again later"
_FULL = "452 4.3.1 There is no room to keep it. Try again later"
_NOTHING = "554 5.6.0 There is nothing in it"
_NOBODY = "550 5.1.1 Nobody here has this address"
_PAUSE_AFTER_FAULT = 10.0

T = TypeVar("T")

log = structlog.get_logger("guichet.mail")


def run(stop: threading.Event) -> None:
    """Listen at the places that the settings name until `stop` is set."""
    named = {Way.LMTP: settings.GUICHET_LMTP, Way.SMTP: settings.GUICHET_SMTP}
    places = {way: place for way, place in named.items() if place}
    while places and not stop.is_set():
        try:
            asyncio.run(_listen(places, stop))
        except OSError as error:
            log.error("nobody can hand mail over", why=str(error), places=places)  # noqa: TRY400  no fault of ours
            stop.wait(_PAUSE_AFTER_FAULT)


async def _listen(places: dict[Way, tuple[str, int]], stop: threading.Event) -> None:
    with ThreadPoolExecutor(4, thread_name_prefix="mail-in") as threads:
        servers = [await _open(way, place, threads) for way, place in places.items()]
        await asyncio.to_thread(stop.wait)
        for server in servers:
            server.close()


async def _open(way: Way, place: tuple[str, int], threads: ThreadPoolExecutor) -> asyncio.Server:
    handler = Handler(way, threads)
    loop = asyncio.get_running_loop()
    # Several workers on one machine share the port.
    server = await loop.create_server(lambda: PROTOCOLS[way](handler, loop), *place, reuse_port=True)
    log.info("mail is taken in", way=way.value, host=place[0], port=place[1])
    return server


class Handler:
    """What to say to a mail server. Whatever waits for the database does so in a thread."""

    def __init__(self, way: Way, threads: ThreadPoolExecutor) -> None:
        self._way = way
        self._threads = threads

    async def handle_RCPT(  # noqa: N802  aiosmtpd calls it so
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if not await self._aside(is_ours, address):
            return _NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        return await self._aside(self._keep, envelope)

    async def handle_exception(self, error: Exception) -> str:
        log.warning("a mail server was put off", why=f"{type(error).__name__}: {error}")
        return _LATER

    async def _aside(self, act: Callable[..., T], *arguments: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, _connected, act, *arguments)

    def _keep(self, envelope: Envelope) -> str:
        content = envelope.original_content
        if not content:
            return _NOTHING
        try:
            receive(_headed(envelope) + content, way=self._way, verified=False, at=clock.now())
        except Exception as error:
            log.exception("a mail could not be kept")
            return _FULL if getattr(error, "errno", None) == errno.ENOSPC else _LATER
        return _KEPT


def _connected(act: Callable[..., T], *arguments: Any) -> T:
    close_old_connections()
    return act(*arguments)


def _headed(envelope: Envelope) -> bytes:
    """From whom and for whom it was handed over, as the last server writes it (RFC 5321 4.4)."""
    lines = [f"Return-Path: <{envelope.mail_from or ''}>"]
    lines += [f"Delivered-To: {recipient}" for recipient in envelope.rcpt_tos]
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
