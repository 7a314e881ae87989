"""How long to wait before trying again."""

import random
from datetime import timedelta

_JITTER = 0.2


def wait_after(tries: int, *, first: timedelta, most: timedelta) -> timedelta:
    """`first` after one try, twice as long after each further one, at most `most`; give or take a fifth.

    The chance in it keeps a thousand mails that failed together from coming back together.
    """
    doubled = first * float(2 ** min(tries - 1, 30))
    return min(doubled, most) * random.uniform(1 - _JITTER, 1 + _JITTER)  # noqa: S311  no secret hangs on it
