from datetime import datetime

from django.db import transaction

from guichet.foundation.refusals import refuse_unless
from guichet.foundation.text.cleaning import clean_line

from .. import policies
from ..actors import Actor
from ..models import Organisation, Team


@transaction.atomic
def found_organisation(
    *,
    name: str,
    country: str,
    time_zone: str = "UTC",
    language: str = "en",
    plan: str = "",
    by: Actor,
    at: datetime,
) -> Organisation:
    """A new customer company. `country` is an ISO 3166-1 alpha-2 code."""
    refuse_unless(policies.may_manage_people(by))
    return Organisation.objects.create(
        name=clean_line(name),
        country=country.upper(),
        time_zone=time_zone,
        language=language,
        plan=plan,
        created_at=at,
    )


@transaction.atomic
def found_team(*, name: str, shared: bool = False, by: Actor) -> Team:
    """The team of this name, founded if it is new."""
    refuse_unless(policies.may_manage_people(by))
    return Team.objects.get_or_create(name=clean_line(name), defaults={"shared": shared})[0]
