"""What can be done with a request, in the order of its life."""

from .assigning import assign, take
from .attaching import attach, discard
from .categorising import set_category
from .closing import close, close_settled
from .copying import add_participant, remove_participant
from .drafting import drop_draft, keep_draft, purge_drafts
from .editing import edit_message
from .following_up import follow_up
from .holding import hold
from .noting import note
from .opening import open_ticket
from .reopening import reopen
from .replying import reply
from .resolving import resolve
from .tagging import tag, untag

__all__ = [
    "add_participant",
    "assign",
    "attach",
    "close",
    "close_settled",
    "discard",
    "drop_draft",
    "edit_message",
    "follow_up",
    "hold",
    "keep_draft",
    "note",
    "open_ticket",
    "purge_drafts",
    "remove_participant",
    "reopen",
    "reply",
    "resolve",
    "set_category",
    "tag",
    "take",
    "untag",
]
