from dataclasses import dataclass
from typing import ClassVar

from guichet.domain.timeline.events import Happening


@dataclass(frozen=True, kw_only=True)
class PolicyApplied(Happening):
    subject: ClassVar[str] = "policy"
    policy_id: int
