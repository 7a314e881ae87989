from datetime import datetime

from django.db import transaction

from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..actors import Actor
from ..models import Organisation, Team
from ._naming import ORGANISATION, PLAN, TEAM, checked_name


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
    """A new customer company. `country` is an ISO 3166-1 alpha-2 code. Raises Invalid on names that will not
    do.
    """
    refuse_unless(policies.may_manage_people(by))
    return Organisation.objects.create(
        name=checked_name(name, most=ORGANISATION, field="organisation"),
        country=country.upper(),
        time_zone=time_zone,
        language=language,
        plan=checked_name(plan, most=PLAN, field="plan") if plan else "",
        created_at=at,
    )


@transaction.atomic
def found_team(*, name: str, shared: bool = False, by: Actor) -> Team:
    """The team of this name, founded if it is new. Raises Invalid on a name that will not do."""
    refuse_unless(policies.may_manage_people(by))
    name = checked_name(name, most=TEAM)
    return Team.objects.get_or_create(name=name, defaults={"shared": shared})[0]
