from datetime import datetime

from django.db import transaction

from guichet.domain.timeline.events import Doer
from guichet.domain.timeline.operations import record

from .. import queries
from ..document import PolicyDocument
from ..events import PolicyApplied
from ..models import AppliedPolicy, Category
from ..reading import read


@transaction.atomic
def apply(source: str, *, by: Doer, at: datetime) -> PolicyDocument:
    """Put a policy file in force. Raises Mistakes, all at once, and changes nothing when it has any."""
    document = read(source)
    newest = queries.in_force()
    if newest and newest.source == source:
        return document
    applied = AppliedPolicy.objects.create(source=source, applied_at=at, applied_by_id=by.person_id)
    _keep_categories(document, at=at)
    record(PolicyApplied(policy_id=applied.pk, by=by, at=at))
    transaction.on_commit(queries.forget)
    return document


def _keep_categories(document: PolicyDocument, *, at: datetime) -> None:
    for category in document.categories:
        Category.objects.update_or_create(
            key=category.key, defaults={"titles": dict(category.title), "retired_at": None}
        )
    keys = [category.key for category in document.categories]
    Category.objects.exclude(key__in=keys).filter(retired_at=None).update(retired_at=at)
