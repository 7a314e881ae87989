"""Pages first. What works beside them in one process lets them pass before each question to the database:
Python runs one thread at a time, and nobody waits for a mail to be sorted as they wait for a page.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

_LONGEST = 0.05  # seconds; then work goes on for as long, however many pages are asked for

_passed = threading.Condition()
_pages = 0
_own = threading.local()


@contextmanager
def answering() -> Iterator[None]:
    """A page is being answered for as long as this lasts."""
    global _pages  # noqa: PLW0603  one number for the process
    with _passed:
        _pages += 1
    try:
        yield
    finally:
        with _passed:
            _pages -= 1
            if not _pages:
                _passed.notify_all()


@contextmanager
def behind_pages() -> Iterator[None]:
    """The work of this thread lets pages pass. It never waits within a transaction, for which others wait."""
    with connection.execute_wrapper(_after_pages):
        yield


def _after_pages(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    if _pages and not context["connection"].in_atomic_block and not sql.startswith("BEGIN"):
        _let_pass()
    return execute(sql, params, many, context)


def _let_pass() -> None:
    if time.monotonic() < getattr(_own, "busy_until", 0.0):
        return
    with _passed:
        if not _passed.wait_for(lambda: not _pages, _LONGEST):
            _own.busy_until = time.monotonic() + _LONGEST
