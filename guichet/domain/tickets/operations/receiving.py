from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.database.rows import update
from guichet.foundation.refusals import refuse_unless
from guichet.foundation.text.cleaning import clean_line

from .. import policies
from ..events import TicketOpened
from ..mailed import Mailed
from ..models import Ticket
from ..states import Channel, MessageKind
from ._writing import checked_reply, write
from .opening import same_company


@transaction.atomic
def open_by_mail(
    *,
    requester: Person,
    organisation_id: int | None,
    category: str,
    subject: str,
    body: str,
    attachments: Sequence[UUID] = (),
    mailbox: str,
    mail: Mailed,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Open a request with what a mail says: bounds and questions are for forms, mails come as they are.

    `by` is the requester, in their own words, or staff or the system, in those of a `mail.sender` that
    nothing proves. A category that the policy does not have becomes its first one.
    Raises Invalid for no words at all, NotAllowed for an organisation that the requester is not in.
    """
    refuse_unless(policies.may_open_by_mail(by, requester.pk, proven=mail.sender is None))
    refuse_unless(policies.may_open_for(by, organisation_id), _("You are not a member of this organisation."))
    same_company(requester, organisation_id)
    rules = current().category(category) or current().categories[0]
    new = Ticket.objects.create(
        requester=requester,
        organisation_id=organisation_id,
        category_id=rules.key,
        subject=clean_line(subject),
        language=requester.language,
        channel=Channel.EMAIL,
        mailbox=mailbox,
        opened_at=at,
        active_at=at,
    )
    message = write(
        new,
        kind=MessageKind.PUBLIC,
        body=checked_reply(body, channel=Channel.EMAIL),
        channel=Channel.EMAIL,
        attachments=attachments,
        mail=mail,
        draft="",
        by=by,
        at=at,
    )
    new.last_message_id = message.pk
    update(new, "last_message_id")
    record(TicketOpened(ticket_id=new.pk, message_id=message.pk, channel=Channel.EMAIL.value, by=by, at=at))
    return new
