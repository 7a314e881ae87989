"""What follows, alone."""

import os
import signal
import sys
import threading
from collections.abc import Callable

import click

from guichet.project.cli.web import insist_on_readiness

# Seconds for which a thread keeps others waiting that want to go on; Python's own are five times as many.
# Whoever asks the database lets go and comes back at each question, and would wait as often.
SWITCH = 0.001
_NICE = 5  # pages that are answered on the same machine go first


@click.command(epilog="\b\nExample: guichet worker")
def command() -> None:
    """Run the worker, the scheduler and the intake of mail only; `guichet web` answers people, elsewhere.

    As many as you like may run at once. Stops when what is under way is done.
    """
    insist_on_readiness()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    sys.setswitchinterval(SWITCH)
    os.nice(_NICE)
    threads = [threading.Thread(target=run, args=(stop,), name=run.__module__) for run in at_work()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def at_work() -> list[Callable[[threading.Event], None]]:
    """What runs beside the answering of pages; each until the event given to it is set."""
    from guichet.edges.mailbox import intake
    from guichet.edges.mailbox.ways import listener
    from guichet.edges.mailbox.ways.imap import watching
    from guichet.reactions import worker

    return [worker.run, intake.run, listener.run, watching.run]
