from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Invalid, refuse_unless
from guichet.foundation.text.cleaning import clean_line
from guichet.foundation.text.folding import fold_email

from .. import policies
from ..actors import Actor
from ..events import PersonAdded
from ..models import Person


@transaction.atomic
def add_person(
    *,
    email: str,
    name: str = "",
    language: str = "en",
    time_zone: str = "UTC",
    came_by_mail: bool = False,
    by: Actor,
    at: datetime,
) -> Person:
    """The person with this address, added if they are new. Raises Invalid on an address that is none.

    Of one who `came_by_mail` nothing proves that the address is theirs, until they sign in with it.
    """
    refuse_unless(policies.may_manage_people(by))
    try:
        address = fold_email(email)
    except ValueError:
        raise Invalid({"email": _("This is not an e-mail address.")}) from None
    person = Person.objects.filter(email=address).first()
    if person:
        return person
    person = Person(
        email=address,
        name=clean_line(name, 120) or address.partition("@")[0],
        language=language,
        time_zone=time_zone,
        came_by_mail=came_by_mail,
        created_at=at,
    )
    person.set_unusable_password()
    person.save(force_insert=True)
    record(PersonAdded(person_id=person.pk, by=by, at=at))
    return person
