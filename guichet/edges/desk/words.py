"""What the desk calls things."""

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from guichet.domain.tickets.queries.paging import Order
from guichet.domain.tickets.states import Channel
from guichet.foundation.refusals import Sentence

ORDERS: Mapping[Order, Sentence] = {
    "newest": pgettext_lazy("order of a list", "Newest first"),
    "oldest": pgettext_lazy("order of a list", "Oldest first"),
}

ICONS: Mapping[str, str] = {
    "unassigned": "inbox",
    "mine": "user",
    "team": "users",
    "open": "messages-square",
    "waiting": "clock",
    "closed": "archive",
}

VIA: Mapping[Channel, Sentence] = {
    Channel.PORTAL: pgettext_lazy("a message came", "in the portal"),
    Channel.DESK: pgettext_lazy("a message came", "at the desk"),
    Channel.EMAIL: pgettext_lazy("a message came", "by e-mail"),
}

STEP_ICONS: Mapping[str, str] = {
    "ticket_opened": "sparkle",
    "ticket_replied": "reply",
    "ticket_noted": "sticky-note",
    "message_edited": "pencil",
    "ticket_assigned": "user-check",
    "ticket_tagged": "tag",
    "ticket_untagged": "tag",
    "ticket_recategorised": "folder-input",
    "ticket_held": "circle-pause",
    "ticket_resolved": "circle-check",
    "ticket_closed": "lock",
    "ticket_reopened": "rotate-ccw",
    "ticket_followed_up": "corner-down-right",
    "participant_added": "user-plus",
    "participant_removed": "user-minus",
}

# Headings above what went wrong after a step.
STEP_NAMES: Mapping[str, Sentence] = {
    "ticket_opened": pgettext_lazy("step of a request", "Request opened"),
    "ticket_replied": pgettext_lazy("step of a request", "Reply"),
    "ticket_noted": pgettext_lazy("step of a request", "Internal note"),
    "message_edited": pgettext_lazy("step of a request", "Message edited"),
    "ticket_assigned": pgettext_lazy("step of a request", "Assignment"),
    "ticket_tagged": pgettext_lazy("step of a request", "Tag added"),
    "ticket_untagged": pgettext_lazy("step of a request", "Tag removed"),
    "ticket_recategorised": pgettext_lazy("step of a request", "Category changed"),
    "ticket_held": pgettext_lazy("step of a request", "On hold"),
    "ticket_resolved": pgettext_lazy("step of a request", "Resolved"),
    "ticket_closed": pgettext_lazy("step of a request", "Closed"),
    "ticket_reopened": pgettext_lazy("step of a request", "Reopened"),
    "ticket_followed_up": pgettext_lazy("step of a request", "Continued in a new request"),
    "participant_added": pgettext_lazy("step of a request", "Person added"),
    "participant_removed": pgettext_lazy("step of a request", "Person removed"),
}
