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
