"""Who acts, as a value: everything a policy needs to decide, read once per request."""

from dataclasses import dataclass

from .states import MemberRole, StaffRole


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in an organisation, with what it lets its holder see."""

    organisation_id: int
    organisation_name: str
    role: MemberRole = MemberRole.MEMBER
    designated: bool = False

    @property
    def sees_all(self) -> bool:
        return self.designated or self.role is MemberRole.ADMINISTRATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person with their rights as of now, or the system (`person_id` None)."""

    person_id: int | None
    name: str = ""
    email: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    role: StaffRole | None = None
    seats: tuple[Seat, ...] = ()
    own_teams: frozenset[int] = frozenset()
    shared_teams: frozenset[int] = frozenset()

    @property
    def known_id(self) -> int:
        """The person's id, where only a person can act."""
        assert self.person_id is not None, "the system is nobody in particular"
        return self.person_id

    @property
    def is_system(self) -> bool:
        return self.person_id is None

    @property
    def is_staff(self) -> bool:
        return self.role is not None

    @property
    def leads(self) -> bool:
        return self.role in (StaffRole.LEAD, StaffRole.ADMIN)

    @property
    def teams_in_reach(self) -> frozenset[int]:
        return self.own_teams | self.shared_teams

    @property
    def overseen(self) -> tuple[int, ...]:
        """The organisations all of whose requests this person may see."""
        return tuple(seat.organisation_id for seat in self.seats if seat.sees_all)

    def sits_in(self, organisation_id: int | None) -> bool:
        return any(seat.organisation_id == organisation_id for seat in self.seats)


SYSTEM = Actor(person_id=None)
