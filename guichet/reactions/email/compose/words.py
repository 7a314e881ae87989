"""The words of each kind of mail, in the language that is active."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guichet.domain.people.naming import first_name
from guichet.domain.policy.document import PolicyDocument, say
from guichet.domain.policy.queries import current, mailbox_named
from guichet.domain.tickets.models import Attachment, Message, Ticket
from guichet.foundation.html.pictures import without_pictures

from .. import links
from ..models import Delivery
from ..states import FOR_STAFF, Kind
from .earlier import earlier_than
from .letter import Letter, Quote

Parts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """What a mail is about, read once."""

    delivery: Delivery
    ticket: Ticket
    message: Message | None
    doer: str  # empty: the system
    policy: PolicyDocument


def letter_of(story: Story) -> Letter:
    """The whole mail of a delivery about a request."""
    kind = Kind(story.delivery.kind)
    for_staff = kind in FOR_STAFF
    assert story.delivery.recipient is not None
    parts = _WORDS[kind](story)
    page = links.desk_page if for_staff else links.request_page
    return Letter(
        greeting=_("Hello %(name)s,") % {"name": story.delivery.recipient.name},
        action=(_("See the request"), page(story.ticket.pk)),
        because=_why(story, for_staff=for_staff),
        vendor=story.policy.vendor.name,
        signature=_signature(story),
        earlier=earlier_than(story.message, story.ticket, story.delivery.recipient),
        settings=(_("Choose which e-mails you get"), links.profile_page()),
        **parts,
    )


def _to_answer(story: Story) -> str:
    """For staff: what they answer goes to customers, which notes do not."""
    words = _("If you answer this e-mail, %(name)s reads what you write, as from the desk.")
    return words % {"name": story.ticket.requester.name}


def _signature(story: Story) -> str:
    """Of the mailbox that the mail comes from, else the vendor's name."""
    mailbox = mailbox_named(story.ticket.mailbox)
    return say(mailbox.signature, story.delivery.language).strip() or story.policy.vendor.name


def _why(story: Story, *, for_staff: bool) -> str:
    if for_staff:
        return _("You get this e-mail because the request was given to you.")
    if story.delivery.recipient_id == story.ticket.requester_id:
        return _("You get this e-mail because you wrote this request.")
    return _("You get this e-mail because you were added to this request.")


def _confirmation(story: Story) -> Parts:
    hours = say(story.policy.vendor.hours, story.delivery.language)
    return {
        "opening": (
            _("We have received your request. Its number is #%(number)s.") % {"number": story.ticket.number},
            _("Somebody of our team reads it and answers you, here and on the page of the request."),
        ),
        "facts": ((_("We are here"), hours),) if hours else (),
        "quote": _quote(story, _said_by(story)),
        "closing": (_("To add something, just answer this e-mail."),),
    }


def _said_by(story: Story) -> str:
    """Above the first message: somebody of the team may have opened the request, with whatever words."""
    message = story.message
    if message is None or message.author_id == story.delivery.recipient_id:
        return _("You wrote:")
    return _("%(name)s wrote:") % {"name": message.sender or story.doer}


def _reply(story: Story) -> Parts:
    return {
        "quote": _quote(story, _("%(name)s wrote:") % {"name": story.doer}),
        "closing": (_("To answer, just reply to this e-mail."),),
    }


def _resolution(story: Story) -> Parts:
    days = story.policy.requests.close_resolved_days
    return {
        "opening": (
            _("We believe that the request “%(subject)s” is solved.") % {"subject": story.ticket.subject},
            ngettext(
                "If it is not, just answer this e-mail. Otherwise it will be closed in %(days)d day.",
                "If it is not, just answer this e-mail. Otherwise it will be closed in %(days)d days.",
                days,
            )
            % {"days": days},
        )
    }


def _closing(story: Story) -> Parts:
    days = story.policy.requests.reopen_days
    return {
        "opening": (
            _("%(name)s has closed the request “%(subject)s”.")
            % {"name": story.doer, "subject": story.ticket.subject},
            ngettext(
                "To go on, answer this e-mail within %(days)d day: it then goes back to our team.",
                "To go on, answer this e-mail within %(days)d days: it then goes back to our team.",
                days,
            )
            % {"days": days},
        )
    }


def _invitation(story: Story) -> Parts:
    return {
        "opening": (
            _("%(name)s has added you to the request “%(subject)s”.")
            % {"name": story.doer, "subject": story.ticket.subject},
            _("You can read all of it and write in it. You get what is written by e-mail, too."),
        ),
        "closing": (_("To write something, just answer this e-mail."),),
    }


def _notice(story: Story) -> Parts:
    return {
        "quote": _quote(story, _("%(name)s replied:") % {"name": story.doer}),
        "closing": (_to_answer(story),),
    }


def _reopening(story: Story) -> Parts:
    facts = {"name": story.doer, "number": story.ticket.number, "subject": story.ticket.subject}
    return {
        "opening": (_("%(name)s has reopened the request #%(number)s “%(subject)s”.") % facts,),
        "closing": (_to_answer(story),),
    }


def _assignment(story: Story) -> Parts:
    facts = {"name": story.doer, "number": story.ticket.number, "subject": story.ticket.subject}
    return {
        "opening": (
            _("%(name)s has given you the request #%(number)s “%(subject)s”.") % facts,
            _("It comes from %(requester)s.") % {"requester": _with_company(story.ticket)},
        ),
        "closing": (_to_answer(story),),
    }


def _with_company(ticket: Ticket) -> str:
    if ticket.organisation is None:
        return ticket.requester.name
    return _("%(person)s of %(organisation)s") % {
        "person": ticket.requester.name,
        "organisation": ticket.organisation.name,
    }


def _quote(story: Story, title: str) -> Quote | None:
    if story.message is None:
        return None
    files = Attachment.objects.filter(message=story.message).order_by("created_at", "id")
    return Quote(
        title=title,
        text=story.message.body,
        html=without_pictures(story.message.html),
        files=tuple(files.values_list("name", flat=True)),
    )


def story_of(delivery: Delivery) -> Story:
    """Read what a delivery is about."""
    assert delivery.event is not None
    assert delivery.ticket is not None
    policy = current()
    return Story(
        delivery=delivery,
        ticket=delivery.ticket,
        message=delivery.message,
        doer=_doer(delivery) or policy.vendor.name,
        policy=policy,
    )


def _doer(delivery: Delivery) -> str:
    """Who did it: agents by their first name, as in the portal, unless a colleague reads it."""
    by = delivery.event.by if delivery.event else None
    if by is None:
        return ""
    outside = by.is_staff and Kind(delivery.kind) not in FOR_STAFF
    return first_name(by.name) if outside else by.name


_WORDS: dict[Kind, Callable[[Story], Parts]] = {
    Kind.CONFIRMATION: _confirmation,
    Kind.REPLY: _reply,
    Kind.RESOLUTION: _resolution,
    Kind.CLOSING: _closing,
    Kind.INVITATION: _invitation,
    Kind.NOTICE: _notice,
    Kind.REOPENING: _reopening,
    Kind.ASSIGNMENT: _assignment,
}
