"""Whether anybody runs reactions at all: asked by load balancers and by `guichet check`."""

from datetime import datetime, timedelta

from .models import Heartbeat

EVERY = timedelta(seconds=10)
LATE = timedelta(seconds=60)

_THE_ROW = 1


def beat(at: datetime) -> None:
    """Note that a worker was at work at `at`."""
    Heartbeat.objects.update_or_create(pk=_THE_ROW, defaults={"beat_at": at})


def worker_is_alive(at: datetime) -> bool:
    """Whether a worker was at work in the minute before `at`."""
    return Heartbeat.objects.filter(pk=_THE_ROW, beat_at__gte=at - LATE).exists()
