"""Write down who may write mails about which request, and to which address.

Run by bench/run with Guichet's own environment: `python -m bench.mailing.people PEOPLE.json`.
"""

import json
import sys
from pathlib import Path

import django

django.setup()

from guichet.domain.tickets.models import Ticket  # noqa: E402
from guichet.domain.tickets.states import State  # noqa: E402
from guichet.reactions.email.address import ReplyAddress  # noqa: E402

MOST = 500

if __name__ == "__main__":
    tickets = Ticket.objects.exclude(state=State.CLOSED).select_related("requester").order_by("id")[:MOST]
    found = [
        {"email": one.requester.email, "answers_at": str(ReplyAddress(one.pk, one.requester_id))}
        for one in tickets
    ]
    Path(sys.argv[1]).write_text(json.dumps(found))
