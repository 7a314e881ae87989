"""Which colleagues have the same request open, and who of them is typing. Kept in memory, never stored.

Everybody present says `here` now and then; who arrives says `hello`, and hears a `here` from each of the
others. Somebody who says nothing for a while has gone, however their connection ended.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from guichet.foundation.pubsub import Frame

SAY_HERE_EVERY = 20.0  # seconds
_GONE_AFTER = 50.0
_TYPING_FOR = 6.0


@dataclass
class Seen:
    name: str
    person: int
    at: float
    typing_at: float = float("-inf")


@dataclass
class Presence:
    """The others on one topic, as one tab (`me`) has heard of them. Times are monotonic seconds."""

    me: str
    person: int
    others: dict[str, Seen] = field(default_factory=dict)

    def hear(self, frame: Frame, *, at: float) -> bool:
        """Take note of a frame. True if its sender waits for a `here` in answer."""
        tab = str(frame["tab"])
        if tab == self.me:
            return False
        if frame["what"] == "gone":
            self.others.pop(tab, None)
            return False
        seen = self.others.setdefault(tab, Seen(str(frame["name"]), int(str(frame["person"])), at))
        seen.at = at
        if frame["what"] == "typing":
            seen.typing_at = at
        return frame["what"] == "hello"

    def names(self, *, at: float) -> list[str]:
        """Who else is here, by name; one's own other tabs are not somebody else."""
        return self._names(lambda seen: at - seen.at < _GONE_AFTER)

    def typing(self, *, at: float) -> list[str]:
        return self._names(lambda seen: at - seen.typing_at < _TYPING_FOR)

    def _names(self, counts: Callable[[Seen], bool]) -> list[str]:
        return sorted({s.name for s in self.others.values() if s.person != self.person and counts(s)})
