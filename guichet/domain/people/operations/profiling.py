from datetime import datetime
from typing import TypedDict, Unpack
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import Invalid, Sentence, refuse_unless

from .. import policies
from ..actors import Actor
from ..events import ProfileChanged
from ..models import Person
from ._naming import PERSON, checked_name


class Profile(TypedDict, total=False):
    """What people may change about themselves; nothing else can be named here."""

    name: str
    language: str
    time_zone: str
    wants_mail: bool


@transaction.atomic
def change_profile(person: Person, *, by: Actor, at: datetime, **profile: Unpack[Profile]) -> Person:
    """Change a person's own profile. Raises Invalid with a sentence for each answer that will not do."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    refuse_unless(policies.may_change_profile(by, person))
    _check(profile)
    changed = [field for field, value in profile.items() if getattr(person, field) != value]
    if not changed:
        return person
    for field, value in profile.items():
        setattr(person, field, value)
    person.save(update_fields=changed)
    record(ProfileChanged(person_id=person.pk, changed=changed, by=by, at=at))
    return person


def _check(profile: Profile) -> None:
    """Clean the name. Raises Invalid with all the mistakes."""
    mistakes: dict[str, Sentence] = {}
    try:
        if "name" in profile:
            profile["name"] = checked_name(profile["name"], most=PERSON)
    except Invalid as refusal:
        mistakes.update(refusal.mistakes)
    if profile.get("language", "en") not in dict(settings.LANGUAGES):
        mistakes["language"] = _("Please choose one of the languages in the list.")
    if profile.get("time_zone", "UTC") not in available_timezones():
        mistakes["time_zone"] = _("Please choose one of the time zones in the list.")
    if mistakes:
        raise Invalid(mistakes)
