from collections.abc import Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from guichet.domain.people.actors import Actor
from guichet.domain.policy.queries import current
from guichet.foundation.refusals import Invalid, refuse_unless
from guichet.foundation.storage import files
from guichet.foundation.storage.files import Stored
from guichet.foundation.storage.names import display_name

from ..models import Attachment


@transaction.atomic
def attach(
    stored: Stored, *, name: str, media_type: str, preview_as: str = "", by: Actor, at: datetime
) -> Attachment:
    """Note a file that was stored for its uploader, to be sent with a message of theirs.

    Raises Invalid when they hold too many unsent ones already.
    """
    most = 3 * current().attachments.max_files
    pending = Attachment.objects.filter(uploader=by.person_id, message=None).count()
    if not by.is_system and pending >= most:
        raise Invalid(
            {
                "attachments": ngettext_lazy(
                    "You have %(count)d unsent file already. Send or remove it first.",
                    "You have %(count)d unsent files already. Send or remove some first.",
                    pending,
                )
                % {"count": pending}
            }
        )
    return Attachment.objects.create(
        uploader_id=by.person_id,
        name=display_name(name),
        stored_as=stored.name,
        preview_as=preview_as,
        media_type=media_type,
        size=stored.size,
        sha256=stored.sha256,
        created_at=at,
    )


@transaction.atomic
def discard(attachment: Attachment, *, by: Actor) -> None:
    """Forget a file that was not sent; its bytes go once this is committed."""
    kept = Attachment.objects.select_for_update().filter(pk=attachment.pk).first()
    if kept is None:
        return
    refuse_unless(
        kept.is_pending and (by.is_system or kept.uploader_id == by.person_id),
        _("A file that was sent stays with its message."),
    )
    kept.delete()
    for name in filter(None, (kept.stored_as, kept.preview_as)):
        # Bytes that cannot be removed now harm nobody; what was decided stands.
        transaction.on_commit(partial(files.discard, name), robust=True)


@transaction.atomic
def discard_unsent(ids: Sequence[UUID], *, by: Actor) -> None:
    """Forget those of these files that are the actor's own and that no message carries."""
    mine = Attachment.objects.select_for_update().filter(pk__in=ids, uploader=by.person_id, message=None)
    for attachment in mine:
        discard(attachment, by=by)
