from dataclasses import dataclass
from typing import ClassVar

from guichet.domain.timeline.events import Happening


@dataclass(frozen=True, kw_only=True)
class PersonEvent(Happening):
    subject: ClassVar[str] = "person"
    person_id: int


@dataclass(frozen=True, kw_only=True)
class PersonAdded(PersonEvent):
    pass


@dataclass(frozen=True, kw_only=True)
class PersonJoined(PersonEvent):
    organisation_id: int
    role: str
    designated: bool


@dataclass(frozen=True, kw_only=True)
class StaffAppointed(PersonEvent):
    role: str


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(PersonEvent):
    changed: list[str]
