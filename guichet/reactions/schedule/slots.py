"""Each chore once in each of its slots, whichever worker comes first."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import structlog
from django.db import IntegrityError, transaction

from .models import Slot

log = structlog.get_logger("guichet.worker")

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Run(Protocol):
    def __call__(self, *, at: datetime) -> object: ...


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do once in every `every`, counted from midnight UTC."""

    name: str
    every: timedelta
    run: Run

    def slot_at(self, at: datetime) -> str:
        start = _EPOCH + (at - _EPOCH) // self.every * self.every
        return f"{self.name}@{start:%Y-%m-%dT%H:%M}"


def run_due(chores: tuple[Chore, ...], *, at: datetime) -> list[str]:
    """Run each chore whose slot nobody has taken. Returns the names of those run.

    The slot is taken before the chore runs: one that fails is logged and comes again in its next slot.
    """
    keys = {chore.slot_at(at): chore for chore in chores}
    taken = set(Slot.objects.filter(pk__in=keys).values_list("pk", flat=True))
    return [chore.name for key, chore in keys.items() if key not in taken and _run_in(key, chore, at)]


def _run_in(key: str, chore: Chore, at: datetime) -> bool:
    try:
        with transaction.atomic():
            Slot.objects.create(pk=key, taken_at=at)
    except IntegrityError:
        return False  # another worker was first
    try:
        chore.run(at=at)
    except Exception:
        log.exception("a chore failed", chore=chore.name)
    return True
