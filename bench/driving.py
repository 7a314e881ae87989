"""Four clients that ask as fast as they are answered, and what that cost the servers."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count

import psutil

from .asking import Ask, Make
from .machine import Failed, cpu_ms

CLIENTS = 4


@dataclass
class Slice:
    """`asks` answered in `seconds`; `cpu` of application and database, all in milliseconds but `seconds`."""

    asks: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    waits: list[float] = field(default_factory=list)

    def __add__(self, other: "Slice") -> "Slice":
        return Slice(
            self.asks + other.asks,
            self.seconds + other.seconds,
            self.cpu + other.cpu,
            self.waits + other.waits,
        )

    @property
    def cpu_each(self) -> float:
        return self.cpu / self.asks

    @property
    def per_second(self) -> float:
        return self.asks / self.seconds

    def percentile(self, percent: int) -> float:
        return sorted(self.waits)[min(len(self.waits) * percent // 100, len(self.waits) - 1)]


class Client:
    """One browser: a connection that stays open, and nothing kept."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=600)

    def do(self, ask: Ask) -> None:
        """Raises Failed where the answer is none."""
        body, headers = ask.body, {"Host": "127.0.0.1"}
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in ask.cookies.items())
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        for path in ask.paths:
            self.connection.request("GET" if body is None else "POST", path, body, headers)
            answer = self.connection.getresponse()
            said = answer.read()
            if answer.status != (200 if body is None else 302):
                raise Failed(f"{path} answered {answer.status}: {said[:500].decode(errors='replace')}")


def drive(port: int, make: Make, *, seconds: float, costs: Sequence[psutil.Process], first: int = 0) -> Slice:
    """Ask for `seconds`, at least once by each client."""
    numbers, made, failed = count(first), Slice(), list[Exception]()
    start = time.perf_counter()
    before = cpu_ms(costs)

    def ask_on() -> None:
        client = Client(port)
        try:
            while True:
                began = time.perf_counter()
                client.do(make(next(numbers)))
                ended = time.perf_counter()
                made.waits.append((ended - began) * 1000)
                if ended - start > seconds:
                    return
        except (Failed, OSError, http.client.HTTPException) as error:
            failed.append(error)
        finally:
            client.connection.close()

    clients = [threading.Thread(target=ask_on) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    made.seconds, made.cpu = time.perf_counter() - start, cpu_ms(costs) - before
    made.asks = len(made.waits)
    if failed:
        raise failed[0]
    return made
