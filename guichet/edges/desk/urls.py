"""The addresses of the desk: each opens for staff alone (see door.py)."""

from . import (
    assignments,
    categories,
    closures,
    conversations,
    follow_ups,
    history,
    holds,
    lists,
    mail,
    messages,
    notes,
    openings,
    participants,
    people,
    reopenings,
    replies,
    resolutions,
    searches,
    tags,
)
from .door import opens

app_name = "desk"
TICKET = "tickets/<int:number>/"

urlpatterns = [
    opens("", lists.home, "home"),
    opens("search/", searches.search, "search"),
    opens("people/", people.complete, "people"),
    opens("tags/", tags.complete, "tags"),
    opens("mail/", mail.show, "mail"),
    opens("mail/sends/<int:delivery_id>/retry/", mail.retry_send, "send_retry"),
    opens("mail/suppressions/lifting/", mail.lift_suppression, "suppression_lift"),
    opens("mail/events/<int:event_id>/retry/", mail.rerun_event, "event_retry"),
    opens("tickets/new/", openings.new, "new"),
    opens(TICKET, conversations.show, "ticket"),
    opens(TICKET + "thread/", conversations.refresh, "thread"),
    opens(TICKET + "replies/", replies.create, "replies"),
    opens(TICKET + "follow-ups/", follow_ups.create, "follow_ups"),
    opens(TICKET + "notes/", notes.create, "notes"),
    opens(TICKET + "messages/<int:message_id>/", messages.edit, "message"),
    opens(TICKET + "taking/", assignments.take, "taking"),
    opens(TICKET + "assignment/", assignments.assign, "assignment"),
    opens(TICKET + "tags/", tags.change, "ticket_tags"),
    opens(TICKET + "category/", categories.change, "category"),
    opens(TICKET + "hold/", holds.hold, "hold"),
    opens(TICKET + "resolution/", resolutions.resolve, "resolution"),
    opens(TICKET + "closure/", closures.close, "closure"),
    opens(TICKET + "reopening/", reopenings.reopen, "reopening"),
    opens(TICKET + "participants/", participants.change, "participants"),
    opens(TICKET + "history/", history.show, "history"),
    opens("<slug:view>/", lists.show, "list"),
]
