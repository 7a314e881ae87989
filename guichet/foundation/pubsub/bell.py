import threading


class Bell:
    """Wakes every thread that waits for it. A ring between two waits of a thread is heard by the second."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._rings = 0
        self._heard = threading.local()

    def set(self) -> None:
        with self._changed:
            self._rings += 1
            self._changed.notify_all()

    def wait(self, timeout: float) -> bool:
        """Whether it rang since this thread last waited, or rings within `timeout` seconds."""
        heard = getattr(self._heard, "rings", 0)
        with self._changed:
            rang = self._changed.wait_for(lambda: self._rings != heard, timeout)
            self._heard.rings = self._rings
        return rang
