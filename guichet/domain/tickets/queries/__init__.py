"""Named reads of requests. Each knows who is asking."""

from .aside import Aside, aside_of
from .desk import COUNTED_UP_TO, PAGE_SIZE, TITLES, VIEWS, desk_counts, desk_page
from .drafts import draft_of
from .history import HistoryLine, history_for
from .portal import requests_page
from .reach import find, find_attachment, is_copied, visible_to
from .rows import TicketRow
from .search import search_requests
from .thread import (
    Said,
    known_tags,
    participants_of,
    tags_of,
    thread_of,
    unsent_files,
    versions_of,
)

__all__ = [
    "COUNTED_UP_TO",
    "PAGE_SIZE",
    "TITLES",
    "VIEWS",
    "Aside",
    "HistoryLine",
    "Said",
    "TicketRow",
    "aside_of",
    "desk_counts",
    "desk_page",
    "draft_of",
    "find",
    "find_attachment",
    "history_for",
    "is_copied",
    "known_tags",
    "participants_of",
    "requests_page",
    "search_requests",
    "tags_of",
    "thread_of",
    "unsent_files",
    "versions_of",
    "visible_to",
]
