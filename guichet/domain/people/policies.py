from .actors import Actor
from .models import Person


def may_manage_people(actor: Actor) -> bool:
    """Who adds people, organisations and staff from the vendor's side."""
    return actor.is_system or actor.leads


def may_list_members(actor: Actor, organisation_id: int | None) -> bool:
    """Who else is in a company: its designated contacts and administrators know, and the vendor's staff."""
    return actor.is_staff or organisation_id in actor.overseen


def may_change_profile(actor: Actor, person: Person) -> bool:
    return actor.person_id == person.pk
