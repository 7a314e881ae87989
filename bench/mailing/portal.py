"""People at the portal meanwhile: they read and write at their own pace, and we note how long they wait."""

import random
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from ..asking import Make
from ..driving import Client, Slice

PEOPLE = 2
PAUSE = 0.1, 0.3  # seconds between two asks of one person: seven asks a second by all of them


class Portal:
    """`wait_times(...)` yields a slice that fills while its block runs."""

    def __init__(self, port: int, asks: Mapping[str, Make]) -> None:
        self._port = port
        self._asks = [asks["portal list"], asks["portal list"], asks["submit"]]

    @contextmanager
    def visited(self) -> Iterator[Slice]:
        made, stop, failed = Slice(), threading.Event(), list[BaseException]()

        def visit(number: int) -> None:
            try:
                self._visit(made, stop, number)
            except Exception as error:  # noqa: BLE001  told below, in the thread that asked
                failed.append(error)

        threads = [threading.Thread(target=visit, args=(number,)) for number in range(PEOPLE)]
        for thread in threads:
            thread.start()
        try:
            yield made
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        if failed:
            raise failed[0]

    def _visit(self, made: Slice, stop: threading.Event, number: int) -> None:
        dice, client = random.Random(number), Client(self._port)
        index = number
        while not stop.wait(dice.uniform(*PAUSE)):
            index += PEOPLE
            began = time.perf_counter()
            client.do(self._asks[index // PEOPLE % len(self._asks)](index))
            made.waits.append((time.perf_counter() - began) * 1000)
            made.asks += 1
        client.connection.close()
