import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.foundation.database.rows import delete
from guichet.foundation.refusals import Invalid

from ..models import Draft

KEPT_DAYS = 30
_KEY = re.compile(r"new|(?:reply|note|for)-[0-9]{1,18}")
_MOST_FIELDS, _LONGEST_FIELD = 30, 100_000


@transaction.atomic
def keep_draft(key: str, *, fields: Mapping[str, str], by: Actor, at: datetime) -> None:
    """Keep what is typed in a form; empty fields drop it.

    The forms: `new`, `reply-<number>`, `note-<number>`, and `for-<person>`, a request on their behalf.
    """
    if not _KEY.fullmatch(key) or len(fields) > _MOST_FIELDS:
        raise Invalid({"key": _("This draft cannot be kept.")})
    kept = {name[:60]: value[:_LONGEST_FIELD].replace("\0", "") for name, value in fields.items() if value}
    if not kept:
        drop_draft(key, by=by)
        return
    Draft.objects.update_or_create(
        person_id=by.known_id, key=key, defaults={"fields": kept, "updated_at": at}
    )


def drop_draft(key: str, *, by: Actor) -> None:
    """Forget what was typed in a form. The system types nothing."""
    if not by.is_system:
        delete(Draft, person_id=by.person_id, key=key)


def purge_drafts(*, at: datetime) -> int:
    """Drop the drafts nobody has touched for KEPT_DAYS. Returns how many."""
    return Draft.objects.filter(updated_at__lt=at - timedelta(days=KEPT_DAYS)).delete()[0]
