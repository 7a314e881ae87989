"""What an event is. Each subject declares its own, as frozen dataclasses named in the past tense."""

import re
from dataclasses import dataclass, fields
from datetime import datetime
from typing import ClassVar, Protocol

Fact = int | str | bool | None | list[int] | list[str]

_BASE = {"by", "at", "because"}


class Doer(Protocol):
    """Whoever does something. `person_id` is None for the system itself."""

    @property
    def person_id(self) -> int | None: ...


@dataclass(frozen=True, kw_only=True)
class Happening:
    """Something that happened. Subclasses name their `subject` and carry `<subject>_id` and plain facts."""

    subject: ClassVar[str]
    kind: ClassVar[str]
    kinds: ClassVar[dict[str, type["Happening"]]] = {}

    by: Doer
    at: datetime
    because: int | None = None

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        cls.kind = re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()
        Happening.kinds[cls.kind] = cls

    @property
    def subject_id(self) -> int:
        value = getattr(self, f"{self.subject}_id")
        assert isinstance(value, int)
        return value

    @property
    def facts(self) -> dict[str, Fact]:
        """The event's own fields, without who, when and why."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in _BASE}
