"""One database: calm, then thousands of mails at once, then single ones at random moments."""

import json
import random
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace

from ..asking import asks_of_guichet
from ..database import Cluster
from ..driving import Slice
from ..guichet import Installation
from ..machine import PYTHON, Failed, cpu_ms, run
from ..measuring import say
from .books import Books, books
from .letters import AUTHSERV_ID, MAILBOX, Post, post, single
from .mailbox import Mailbox, mailbox
from .portal import Portal
from .sink import sink

REQUESTS = 2_000
SECONDS_CALM = 20.0
SINGLES = 60
_LONGEST = 3600.0


@dataclass
class Outcome:
    """`seconds` from the moment at which the mails lay in the mailbox until the last was settled; `visible`
    seconds from a single mail's arrival until it is part of its request.
    """

    database: str
    post: Post
    seconds: float = 0.0
    cpu: float = 0.0  # milliseconds, of all of Guichet and of the database
    calm: Slice = field(default_factory=Slice)
    busy: Slice = field(default_factory=Slice)
    visible: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return len(self.post.mails) / self.seconds

    @property
    def slowdown(self) -> float:
        return self.busy.percentile(95) / self.calm.percentile(95)

    @property
    def visible_p95(self) -> float:
        return sorted(self.visible)[len(self.visible) * 95 // 100]


def measure(count: int, cluster: Cluster | None) -> Outcome:
    name = "PostgreSQL" if cluster else "SQLite"
    say(f"{name}, {count:,} mails: preparing")
    with ExitStack() as stack:
        box = stack.enter_context(mailbox())
        out = stack.enter_context(sink())
        guichet = stack.enter_context(Installation.filled(REQUESTS, cluster))
        guichet = replace(guichet, mail=_mail_settings(box, out))
        people = _people(guichet)
        outcome = Outcome(name, post(count, people))
        waiting = stack.enter_context(box.prepared(outcome.post.mails))
        at_work = stack.enter_context(guichet.working())
        kept = stack.enter_context(books(guichet))
        costs = [*at_work, *([cluster.process] if cluster else [])]
        portal = Portal(guichet.port, asks_of_guichet(guichet.cast))
        with portal.visited():
            time.sleep(3)  # warms up: templates, caches, prepared statements
        with portal.visited() as outcome.calm:
            time.sleep(SECONDS_CALM)
        say(f"  calm: p95 {outcome.calm.percentile(95):.0f} ms")
        before = cpu_ms(costs)
        with portal.visited() as outcome.busy:
            began = time.monotonic()
            box.fill(waiting)
            _settled(kept, outcome.post)
            outcome.seconds = time.monotonic() - began
        outcome.cpu = cpu_ms(costs) - before
        say(f"  {outcome.per_second:.1f} mails a second, p95 {outcome.busy.percentile(95):.0f} ms meanwhile")
        kept.check(outcome.post)
        _until(lambda: not kept.unanswered(), every=1.0)
        outcome.visible = list(_singles(box, kept, people))
        say(f"  one mail is visible after {outcome.visible_p95:.1f} s (p95)")
    return outcome


def _mail_settings(box: Mailbox, sink_port: int) -> dict[str, str]:
    return {
        "GUICHET_MAIL_URL": f"smtp://127.0.0.1:{sink_port}",
        "GUICHET_MAIL_DOMAIN": MAILBOX.partition("@")[2],
        "GUICHET_MAIL_FROM": MAILBOX,
        "GUICHET_AUTHSERV_ID": AUTHSERV_ID,
        "GUICHET_MAILBOX_SUPPORT": box.url,
    }


def _people(guichet: Installation) -> list[dict[str, str]]:
    kept = guichet.folder / "people.json"
    run([PYTHON, "-m", "bench.mailing.people", kept], guichet.env, guichet.log)
    people: list[dict[str, str]] = json.loads(kept.read_text())
    return people


def _settled(kept: Books, expected: Post) -> None:
    """Wait until each has come in, and nothing of it waits for a machine any more."""
    rows, told = expected.distinct + expected.copies, time.monotonic()
    end = told + _LONGEST
    while kept.received() < rows or kept.unsettled():
        if time.monotonic() > end:
            raise Failed(f"After an hour {kept.unsettled()} of {kept.received()} are not settled.")
        if time.monotonic() > told + 30:
            told = time.monotonic()
            say(f"  {kept.received():,} of {rows:,} have come in, {kept.unsettled():,} are to be settled")
        time.sleep(0.5)


def _singles(box: Mailbox, kept: Books, people: list[dict[str, str]]) -> Iterator[float]:
    dice = random.Random(SINGLES)
    for number in range(SINGLES):
        time.sleep(dice.uniform(0, 1.5))
        mail_id, raw = single(number, dice.choice(people))
        began = time.monotonic()
        box.deliver(raw)
        _until(lambda: kept.is_visible(mail_id), every=0.05)  # noqa: B023  called at once
        yield time.monotonic() - began


def _until(holds: Callable[[], bool], *, every: float) -> None:
    end = time.monotonic() + _LONGEST
    while not holds():
        if time.monotonic() > end:
            raise Failed("It takes more than an hour.")
        time.sleep(every)
