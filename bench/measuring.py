"""One size of one database: its systems started together, asked in turn, round after round."""

import pickle
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from .asking import ACTIONS, Make, asks_of_guichet
from .database import Cluster
from .driving import Slice, drive
from .guichet import Installation
from .machine import free_port
from .systems import Helpdesk, asks_of_floor, floor

GUICHET, FLOOR, HELPDESK = "Guichet", "floor", "django-helpdesk"
SECONDS_LONG = 2000.0  # milliseconds: what takes so long is asked once, and drowns no neighbour


@dataclass
class Contender:
    port: int
    asks: dict[str, Make]
    costs: list[psutil.Process]


@dataclass
class Result:
    """`measured[system][action]`; `queries` and `lengths` are of Guichet's answers, the most and the mean."""

    database: str
    tickets: int
    queries: dict[str, int] = field(default_factory=dict)
    lengths: dict[str, int] = field(default_factory=dict)
    measured: dict[str, dict[str, Slice]] = field(default_factory=dict)

    def cost(self, system: str, action: str) -> float | None:
        found = self.measured.get(system, {}).get(action)
        return found.cpu_each if found else None


def measure(tickets: int, cluster: Cluster | None, *, rounds: int, seconds: float, peers: bool) -> Result:
    """Fill what is not filled yet, start, warm up, ask in turn: a busy minute of the machine hits all."""
    result = Result("PostgreSQL" if cluster else "SQLite", tickets)
    database = [cluster.process] if cluster else []
    say(f"{result.database}, {tickets:,} requests: preparing")
    with ExitStack() as stack:
        guichet = stack.enter_context(Installation.filled(tickets, cluster))
        statements = guichet.record()
        _note(result, statements)
        port = free_port()
        bare = stack.enter_context(floor(guichet, statements, port))
        running = stack.enter_context(guichet.serving())
        contenders = {
            FLOOR: Contender(port, {action: asks_of_floor(action) for action in ACTIONS}, [bare, *database]),
            GUICHET: Contender(guichet.port, asks_of_guichet(guichet.cast), [running, *database]),
        }
        if peers and cluster:
            helpdesk = stack.enter_context(Helpdesk.filled(tickets, cluster))
            process = stack.enter_context(helpdesk.serving())
            contenders[HELPDESK] = Contender(helpdesk.port, helpdesk.asks(), [process, *database])
        _rounds(result, contenders, rounds, seconds)
    return result


def _rounds(result: Result, contenders: dict[str, Contender], rounds: int, seconds: float) -> None:
    asked = 0
    # Number 0 warms up: templates, caches, prepared statements.
    for number in range(rounds + 1):
        for action in ACTIONS:
            for name, one in contenders.items():
                kept = result.measured.setdefault(name, {})
                if action in kept and kept[action].cpu_each > SECONDS_LONG:
                    continue
                made = drive(
                    one.port,
                    one.asks[action],
                    seconds=seconds if number else 0.5,
                    costs=one.costs,
                    first=asked,
                )
                asked += made.asks
                kept[action] = kept[action] + made if number > 1 else made
        say(f"  round {number} of {rounds}")


def _note(result: Result, statements: Path) -> None:
    answers: dict[str, list[dict[str, Any]]] = pickle.loads(statements.read_bytes())  # noqa: S301  our own file
    for action, each in answers.items():
        result.queries[action] = max(len(answer["statements"]) for answer in each)
        result.lengths[action] = sum(answer["length"] for answer in each) // len(each)


def say(sentence: str) -> None:
    print(sentence, flush=True)
