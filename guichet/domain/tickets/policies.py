"""Who may do what to a request. One pure function per right; every door calls these and no other.

`copied` says whether the actor is among the request's participants: the caller has read it already.
"""

from guichet.domain.people.actors import Actor

from .models import Attachment, Message, Ticket


def may_open_for(actor: Actor, organisation_id: int | None) -> bool:
    """Customers open requests in an organisation of theirs, or for themselves when they have none."""
    if actor.is_staff or actor.is_system:
        return True
    return actor.sits_in(organisation_id) or (organisation_id is None and not actor.seats)


def may_open_on_behalf(actor: Actor) -> bool:
    """Staff write down what somebody told them; the system, what came by mail."""
    return actor.is_staff or actor.is_system


def may_open_by_mail(actor: Actor, requester_id: int, *, proven: bool) -> bool:
    """In a proven mail people speak for themselves; of an unproven one staff and the system decide."""
    if actor.is_staff or actor.is_system:
        return not proven
    return proven and actor.person_id == requester_id


def may_see(actor: Actor, ticket: Ticket, *, copied: bool) -> bool:
    """Own, copied, or the whole organisation's for contacts and administrators; staff by team."""
    if actor.is_system:
        return True
    if actor.is_staff:
        return may_work_on(actor, ticket)
    return (
        ticket.requester_id == actor.person_id or copied or ticket.organisation_id in actor.overseen
    ) and _still_belongs(actor, ticket, copied=copied)


def _still_belongs(actor: Actor, ticket: Ticket, *, copied: bool) -> bool:
    """Somebody who left an organisation loses its requests, their own included, unless copied by an agent."""
    return copied or ticket.organisation_id is None or actor.sits_in(ticket.organisation_id)


def may_work_on(actor: Actor, ticket: Ticket) -> bool:
    """Agents work on requests of nobody's team, of their teams and shared ones, and on their own."""
    if actor.is_system or actor.leads:
        return True
    return actor.is_staff and (
        ticket.team_id is None
        or ticket.team_id in actor.teams_in_reach
        or ticket.assignee_id == actor.person_id
    )


def may_reply(actor: Actor, ticket: Ticket, *, copied: bool) -> bool:
    return may_see(actor, ticket, copied=copied)


def may_close(actor: Actor, ticket: Ticket, *, copied: bool) -> bool:
    return may_see(actor, ticket, copied=copied)


def may_reopen(actor: Actor, ticket: Ticket, *, copied: bool) -> bool:
    return may_see(actor, ticket, copied=copied)


def may_add_participant(actor: Actor, ticket: Ticket, *, copied: bool) -> bool:
    """Whoever sees it as requester or for the organisation; a copied person does not copy others."""
    return may_work_on(actor, ticket) or (may_see(actor, ticket, copied=False))


def may_see_notes(actor: Actor) -> bool:
    return actor.is_staff or actor.is_system


def may_edit_message(actor: Actor, message: Message) -> bool:
    """Only what one wrote oneself, and only at the desk: mails already sent cannot be taken back."""
    return actor.is_staff and message.author_id == actor.person_id


def may_fetch(actor: Actor, attachment: Attachment, *, copied: bool) -> bool:
    """A pending file is its uploader's alone; then it follows its message."""
    if attachment.ticket is None or attachment.message is None:
        return attachment.uploader_id == actor.person_id
    if attachment.message.is_note and not may_see_notes(actor):
        return False
    return may_see(actor, attachment.ticket, copied=copied)
