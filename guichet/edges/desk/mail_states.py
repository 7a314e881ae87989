"""How the mails of a message fare, in words an agent can act on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from guichet.foundation.refusals import Sentence
from guichet.reactions.email.queries import DeliveryRow, deliveries_in, deliveries_of_steps
from guichet.reactions.email.states import Cause, State

_TONES = {
    State.QUEUED: ("", "mail"),
    State.SENDING: ("", "mail"),
    State.SENT: ("positive", "mail-check"),
    State.FAILED: ("negative", "mail-x"),
    State.BOUNCED: ("negative", "mail-x"),
    State.WITHHELD: ("warning", "mail-x"),
}


@dataclass(frozen=True, slots=True)
class MailLine:
    """One mail to one person. `moment` is when it was sent or will be tried again; `why` tells a trouble."""

    id: int
    to: str
    state: Sentence
    tone: str
    icon: str
    waits: bool
    moment: datetime | None
    why: str
    said: str


def mail_lines(ticket_id: int) -> Mapping[int, list[MailLine]]:
    """Of a request, by message: one line for each person it goes to by mail, in one query."""
    return {pk: [_line(row) for row in rows] for pk, rows in deliveries_in(ticket_id).items()}


def step_mails(ticket_id: int) -> Mapping[int, list[MailLine]]:
    """The same of what carries no message, by the event of which it tells."""
    return {pk: [_line(row) for row in rows] for pk, rows in deliveries_of_steps(ticket_id).items()}


def _line(row: DeliveryRow) -> MailLine:
    tone, icon = _TONES[row.state]
    # A mail that waits for its first try is simply on its way.
    waits = row.state is State.QUEUED and row.attempts > 0
    return MailLine(
        id=row.id,
        to=row.recipient_name or row.address,
        state=row.state.label,
        tone="warning" if waits or row.cause is Cause.LATE else tone,
        icon=icon,
        waits=waits,
        moment=row.next_try_at if waits else row.sent_at,
        why=row.reason,
        said=row.said,
    )
