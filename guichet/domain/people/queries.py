from functools import lru_cache

from django.db.models import BigIntegerField, Q, QuerySet

from guichet.foundation.database.written import Slot, Written, stand_in
from guichet.foundation.text.folding import fold_email

from .actors import Actor, Seat
from .models import Membership, Organisation, Person, Team
from .states import MemberRole, StaffRole


def actor_of(person: Person) -> Actor:
    """This person with their rights as of now, in one query."""
    if person.is_staff and person.staff_role:
        own, shared = _teams_of(person)
        return _actor(person, role=StaffRole(person.staff_role), own_teams=own, shared_teams=shared)
    return _actor(person, seats=_seats_of(person))


def _actor(
    person: Person,
    *,
    role: StaffRole | None = None,
    seats: tuple[Seat, ...] = (),
    own_teams: frozenset[int] = frozenset(),
    shared_teams: frozenset[int] = frozenset(),
) -> Actor:
    return Actor(
        person_id=person.pk,
        name=person.name,
        email=person.email,
        language=person.language,
        time_zone=person.time_zone,
        role=role,
        seats=seats,
        own_teams=own_teams,
        shared_teams=shared_teams,
    )


_PERSON = Slot("person", BigIntegerField())
_SEATS = Written(
    lambda: (
        Membership.objects.filter(person=_PERSON)
        .order_by("organisation__name", "id")
        .values_list("organisation_id", "organisation__name", "role", "designated")
    )
)
_TEAMS = Written(
    lambda: Team.objects.filter(Q(shared=True) | Q(members=_PERSON)).values_list("id", "shared", "members")
)


def _seats_of(person: Person) -> tuple[Seat, ...]:
    rows = _SEATS.rows(person=person.pk)
    return tuple(Seat(pk, name, MemberRole(role), designated) for pk, name, role, designated in rows)


def _teams_of(person: Person) -> tuple[frozenset[int], frozenset[int]]:
    rows = _TEAMS.rows(person=person.pk)
    own = frozenset(team for team, _, member in rows if member == person.pk)
    return own, frozenset(team for team, shared, _ in rows if shared)


def person_with_email(address: str) -> Person | None:
    """The active person with this address, however it is written; None if there is none."""
    try:
        return Person.objects.filter(email=fold_email(address), is_active=True).first()
    except ValueError:
        return None


def staff() -> QuerySet[Person]:
    """Active agents, leads and admins, by name: those to whom a request can be given."""
    return Person.objects.filter(is_active=True, staff_role__isnull=False).order_by("name", "id")


def teams() -> QuerySet[Team]:
    return Team.objects.order_by("name")


def people_visible_to(actor: Actor) -> QuerySet[Person]:
    """People this actor may name: staff may name anybody, others those of their organisations."""
    if actor.is_staff or actor.is_system:
        return Person.objects.filter(is_active=True)
    organisations = [seat.organisation_id for seat in actor.seats]
    return Person.objects.filter(is_active=True, memberships__organisation__in=organisations).distinct()


def people_overseen_by(actor: Actor, *, limit: int) -> list[tuple[int, str]]:
    """Id and name of the active people whose requests this person oversees, by name."""
    places = {f"place {place}": organisation for place, organisation in enumerate(actor.overseen)}
    return _members_of(tuple(places), limit).rows(**places) if places else []


# One statement for all who oversee as many organisations.
@lru_cache(maxsize=32)
def _members_of(places: tuple[str, ...], limit: int) -> Written[tuple[int, str]]:
    organisations = [stand_in(place) for place in places]
    members = Person.objects.filter(is_active=True, memberships__organisation__in=organisations).distinct()
    return Written(lambda: members.order_by("name", "id").values_list("id", "name")[:limit])


def organisation_named(name: str) -> Organisation | None:
    """The customer company of exactly this name, the oldest where several have it."""
    return Organisation.objects.filter(name=name).order_by("id").first()


def organisations_of(person: Person) -> QuerySet[Organisation]:
    return Organisation.objects.filter(memberships__person=person).order_by("name")
