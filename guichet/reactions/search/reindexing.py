from guichet.domain.tickets.operations import index_ticket
from guichet.domain.timeline.models import Event


def reindex(event: Event) -> None:
    """Index the request again: its words have changed, or who may find it."""
    index_ticket(event.subject_id)
