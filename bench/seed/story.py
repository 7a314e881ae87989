"""What happened in each of N requests, as plain values; every system is filled with the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from .texts import code, pick, sentences, subject

ORGANISATIONS, PEOPLE_EACH, AGENTS, TEAMS = 200, 10, 20, 3
CATEGORIES = ("billing", "technical", "account", "feature", "other")
MESSAGES = (1, 2, 2, 1, 3, 2, 2, 2, 1, 4)  # of ten requests in a row: two each
_BEFORE = (0, 1, 3, 5, 6, 9, 11, 13, 15, 16)
_PERIOD = timedelta(days=3 * 365)
END = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=3)

# What is searched for, in turn: in one request of 6, 21, 8 and 3; in 50 of a million; nowhere.
SEARCHES = ("invoice", "barcode", "webhook", "restored", code(4711), "whale")


@dataclass(frozen=True, slots=True)
class Story:
    """Request number `index` (from 0). `shelf`: team, customer or done; people and agents count from 0."""

    index: int
    person: int
    category: int
    shelf: str
    agent: int | None
    team: int | None
    opened: datetime
    active: datetime
    turns: int

    @property
    def organisation(self) -> int:
        return self.person // PEOPLE_EACH

    @property
    def subject(self) -> str:
        return subject(self.index)

    def body(self, turn: int) -> str:
        return " ".join(
            sentences(self.index, turn) + ([f"Reference {code(self.index)}."] if not turn else [])
        )

    def message_id(self, turn: int) -> int:
        return self.index // 10 * 20 + _BEFORE[self.index % 10] + turn + 1

    def said_at(self, turn: int) -> datetime:
        return self.opened + (self.active - self.opened) * turn / max(self.turns - 1, 1)


def story(index: int, count: int) -> Story:
    """Of `count` requests over three years 5 % are open, 2 % wait for the customer, the others are done."""
    drawn = pick(index, 4, 100)
    shelf = "team" if drawn < 5 else "customer" if drawn < 7 else "done"
    taken = shelf != "team" or pick(index, 5, 2) == 0
    opened = END - _PERIOD * ((count - index) / count)
    return Story(
        index=index,
        person=pick(index, 6, ORGANISATIONS * PEOPLE_EACH),
        category=pick(index, 8, len(CATEGORIES)),
        shelf=shelf,
        agent=pick(index, 9, AGENTS) if taken else None,
        team=None if pick(index, 11, 4) == 0 else pick(index, 12, TEAMS),
        opened=opened,
        active=opened + timedelta(minutes=10 + pick(index, 13, 4000)),
        turns=MESSAGES[index % 10],
    )


def stories(count: int) -> Iterator[Story]:
    return (story(index, count) for index in range(count))
