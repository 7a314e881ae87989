from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import BigIntegerField, UUIDField
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Membership, Person
from guichet.domain.policy.document import CategoryRules, FieldKind
from guichet.domain.policy.queries import current
from guichet.domain.timeline.operations import record
from guichet.foundation.database.rows import insert, update
from guichet.foundation.database.written import Slot, Written
from guichet.foundation.refusals import Invalid, Sentence, refuse_unless
from guichet.foundation.text import graphemes
from guichet.foundation.text.cleaning import clean_line, clean_text

from .. import policies
from ..events import TicketOpened
from ..models import Ticket
from ..states import Channel, MessageKind
from ._writing import forget_repeat, too_long, too_short, write

LONGEST_SUBJECT = 150  # grapheme clusters
_ROOM_FOR_SUBJECT = 1000  # code points, as the column counts: some characters are made of many
_EARLIER = Written(
    lambda: Ticket.objects.filter(
        requester=Slot("requester", BigIntegerField()), client_key=Slot("key", UUIDField())
    )
)


@transaction.atomic
def open_ticket(
    *,
    category: str,
    subject: str,
    description: str,
    organisation_id: int | None = None,
    requester: Person | None = None,
    answers: Mapping[str, str] | None = None,
    attachments: Sequence[UUID] = (),
    channel: Channel = Channel.PORTAL,
    client_key: UUID | None = None,
    by: Actor,
    at: datetime,
) -> Ticket:
    """Open a request, for oneself or, as staff, for a `requester`.

    `client_key` makes a retry return the request that the first try opened.
    Raises Invalid with a sentence per field, NotAllowed for an organisation the person is not in.
    """
    unsaid = organisation_id is None and bool(by.seats)
    refuse_unless(
        unsaid or policies.may_open_for(by, organisation_id), _("You are not a member of this organisation.")
    )
    refuse_unless(requester is None or policies.may_open_on_behalf(by))
    requester_id = requester.pk if requester else by.person_id
    assert requester_id is not None, "the system opens requests for somebody"
    draft = f"for-{requester.pk}" if requester else "new"
    if earlier := _opened_already(requester_id, client_key):
        forget_repeat(attachments, draft=draft, by=by)
        return earlier
    if requester is not None:
        same_company(requester, organisation_id)
    mistakes: dict[str, Sentence] = {}
    if unsaid:
        mistakes["organisation"] = _("Please choose for which organisation you are asking.")
    rules, subject, description, kept = _checked(category, subject, description, answers or {}, mistakes)
    new = Ticket(
        requester_id=requester_id,
        organisation_id=organisation_id,
        category_id=rules.key,
        subject=subject,
        answers=kept,
        language=requester.language if requester else by.language,
        channel=channel,
        opened_at=at,
        active_at=at,
        client_key=client_key,
    )
    if not insert(new, unless=("requester_id", "client_key")):
        # The same form was sent twice at the same moment, and the other one was first.
        forget_repeat(attachments, draft=draft, by=by)
        [earlier] = _EARLIER.rows(requester=requester_id, key=client_key)
        return earlier
    message = write(
        new,
        kind=MessageKind.PUBLIC,
        body=description,
        channel=channel,
        attachments=attachments,
        draft=draft,
        by=by,
        at=at,
    )
    new.last_message_id = message.pk
    update(new, "last_message_id")
    record(TicketOpened(ticket_id=new.pk, message_id=message.pk, channel=channel.value, by=by, at=at))
    return new


def _opened_already(requester_id: int, client_key: UUID | None) -> Ticket | None:
    if client_key is None:
        return None
    return next(iter(_EARLIER.rows(requester=requester_id, key=client_key)), None)


def same_company(requester: Person, organisation_id: int | None) -> None:
    """Raise Invalid for an organisation that the requester is not in."""
    if organisation_id is None:
        return
    if not Membership.objects.filter(person=requester, organisation=organisation_id).exists():
        raise Invalid({"organisation": _("This person is not a member of this organisation.")})


def _checked(
    category: str,
    subject: str,
    description: str,
    answers: Mapping[str, str],
    mistakes: dict[str, Sentence],
) -> tuple[CategoryRules, str, str, dict[str, str]]:
    """Every answer cleaned and within its bounds, or Invalid with all the mistakes at once."""
    rules = current().category(category)
    if rules is None:
        mistakes["category"] = _("Please choose what your request is about.")
        rules = CategoryRules(key="", title={}, when={})
    # Nothing is cut here in silence; composing may lengthen it.
    subject, description = clean_line(subject, limit=3 * len(subject)), clean_text(description)
    length = graphemes.length(subject)
    if not subject:
        mistakes["subject"] = _("Please say in a few words what it is about.")
    elif length > LONGEST_SUBJECT or len(subject) > _ROOM_FOR_SUBJECT:
        mistakes["subject"] = too_long(max(length, LONGEST_SUBJECT + 1), LONGEST_SUBJECT)
    length = graphemes.length(description)
    if length < rules.min_length:
        mistakes["description"] = too_short(rules.min_length)
    elif length > rules.max_length:
        mistakes["description"] = too_long(length, rules.max_length)
    kept = _answered(rules, answers, mistakes)
    if mistakes:
        raise Invalid(mistakes)
    return rules, subject, description, kept


def _answered(
    rules: CategoryRules, answers: Mapping[str, str], mistakes: dict[str, Sentence]
) -> dict[str, str]:
    """The answers to the category's own questions; anything that it does not ask is left out."""
    kept: dict[str, str] = {}
    for asked in rules.fields:
        answer = clean_text(answers.get(asked.key, ""))
        if not answer:
            if asked.required:
                mistakes[asked.key] = _("This answer is needed.")
            continue
        length = graphemes.length(answer)
        if length > asked.max_length:
            mistakes[asked.key] = too_long(length, asked.max_length)
        elif asked.kind is FieldKind.URL and not answer.lower().startswith(("http://", "https://")):
            mistakes[asked.key] = _("This should be an address that begins with https:// or http://.")
        elif asked.kind is FieldKind.CHOICE and answer not in {choice.key for choice in asked.choices}:
            mistakes[asked.key] = _("Please choose one of the answers in the list.")
        kept[asked.key] = answer
    return kept
