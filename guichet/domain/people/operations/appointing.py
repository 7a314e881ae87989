from datetime import datetime

from django.db import transaction

from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..actors import Actor
from ..events import StaffAppointed
from ..models import Person
from ..states import StaffRole


@transaction.atomic
def appoint(person: Person, *, role: StaffRole, by: Actor, at: datetime) -> Person:
    """Make `person` part of the vendor's staff. Their open sessions end: rights are never carried over."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_unless(policies.may_manage_people(by))
    if person.staff_role == role:
        return person
    person.staff_role = role
    person.save(update_fields=["staff_role"])
    record(StaffAppointed(person_id=person.pk, role=role.value, by=by, at=at))
    return person
