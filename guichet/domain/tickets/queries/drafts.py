from django.db.models import BigIntegerField, CharField

from guichet.domain.people.actors import Actor
from guichet.foundation.database.written import Slot, Written

from ..models import Draft

_BY_KEY = Written(
    lambda: Draft.objects.filter(
        person=Slot("person", BigIntegerField()), key=Slot("key", CharField())
    ).values_list("fields")
)


def draft_of(actor: Actor, key: str) -> dict[str, str]:
    """What this person typed in this form and did not send; empty if nothing."""
    found = _BY_KEY.rows(person=actor.person_id, key=key)
    return dict(found[0][0]) if found else {}
