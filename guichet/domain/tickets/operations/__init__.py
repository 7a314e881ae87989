"""What can be done with a request, in the order of its life."""
# ruff: noqa: I001  the order is that life's, not the alphabet's

from .attaching import attach, discard
from .drafting import drop_draft, keep_draft, purge_drafts
from .opening import open_ticket
from .receiving import open_by_mail
from .replying import reply
from .noting import note
from .editing import edit_message
from .assigning import assign, take
from .tagging import tag, untag
from .categorising import set_category
from .copying import add_participant, remove_participant
from .holding import hold
from .resolving import resolve
from .closing import close, close_settled
from .reopening import reopen
from .following_up import follow_up
from .indexing import index_ticket

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
    "index_ticket",
    "keep_draft",
    "note",
    "open_by_mail",
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
