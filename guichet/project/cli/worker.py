"""What follows, alone."""

import signal
import threading

import click


@click.command(epilog="\b\nExample: guichet worker")
def command() -> None:
    """Run the worker and the scheduler only; `guichet web` answers people, elsewhere.

    As many as you like may run at once. Stops when what is under way is done.
    """
    from guichet.reactions import worker

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    worker.run(stop)
