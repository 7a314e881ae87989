from datetime import datetime

from django.db import transaction

from guichet.domain.timeline.operations import record
from guichet.foundation.refusals import refuse_unless

from .. import policies
from ..actors import Actor
from ..events import PersonJoined
from ..models import Membership, Organisation, Person, Team, TeamMembership
from ..states import MemberRole


@transaction.atomic
def join_organisation(
    person: Person,
    organisation: Organisation,
    *,
    role: MemberRole = MemberRole.MEMBER,
    designated: bool = False,
    by: Actor,
    at: datetime,
) -> Membership:
    """Give `person` a seat in `organisation`; a seat they hold already is left as it is."""
    refuse_unless(policies.may_manage_people(by))
    membership, new = Membership.objects.get_or_create(
        person=person,
        organisation=organisation,
        defaults={"role": role, "designated": designated, "created_at": at},
    )
    if new:
        record(
            PersonJoined(
                person_id=person.pk,
                organisation_id=organisation.pk,
                role=role.value,
                designated=designated,
                by=by,
                at=at,
            )
        )
    return membership


@transaction.atomic
def join_team(person: Person, team: Team, *, by: Actor) -> TeamMembership:
    """Make `person` a member of `team`."""
    refuse_unless(policies.may_manage_people(by))
    return TeamMembership.objects.get_or_create(team=team, person=person)[0]
