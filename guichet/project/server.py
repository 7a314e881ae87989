"""The server, and what runs beside it in the same process."""

import resource
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click
import uvicorn
from django.conf import settings

from guichet.project.protocol import Protocol

Background = Callable[[threading.Event], None]
SPARE_FILES = 200
MOST_CONNECTIONS = 20_000
SECONDS_TO_FINISH = 10


def serve(host: str, port: int, *, beside: Iterable[Background] = ()) -> None:
    """Answer until told to stop. Each of `beside` runs in a thread until the event given to it is set.

    Stops with a sentence when the port cannot be had.
    """
    config = uvicorn.Config(
        "guichet.project.asgi:application",
        host=host,
        port=port,
        loop="uvloop",
        http=Protocol,
        ws="websockets-sansio",
        ws_max_size=65_536,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_connections(),
        timeout_graceful_shutdown=5,
        proxy_headers=bool(settings.GUICHET_PROXIES),
        forwarded_allow_ips=settings.GUICHET_PROXIES or "",
    )
    with _listening(host, port) as ear, _running(beside):
        click.echo(f"\n  Guichet is at {settings.GUICHET_URL}\n")
        uvicorn.Server(config).run(sockets=[ear])


def _listening(host: str, port: int) -> socket.socket:
    ear = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        ear.bind((host, port))
    except OSError as error:
        ear.close()
        raise click.ClickException(
            f"Guichet cannot listen at {host}, port {port}: {error.strerror}."
            " Is it running already? Choose another with --port."
        ) from error
    return ear


def _connections() -> int:
    """As many as the machine gives us files for, some kept back for the database and uploads."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = MOST_CONNECTIONS if most == resource.RLIM_INFINITY else min(most, MOST_CONNECTIONS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    return max(most - SPARE_FILES, SPARE_FILES)


@contextmanager
def _running(beside: Iterable[Background]) -> Iterator[None]:
    # uvicorn repeats the signal once it has stopped; it must not end us before the threads have.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    stop = threading.Event()
    threads = [threading.Thread(target=run, args=(stop,), name=run.__module__, daemon=True) for run in beside]
    for thread in threads:
        thread.start()
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        stop.set()
        for thread in threads:
            thread.join(SECONDS_TO_FINISH)
