"""What both doors of those who look after mail need: who they are, and the sending of a mail once more."""

from django.contrib import messages
from django.utils.translation import gettext as _

from guichet.edges.requests import SignedInRequest
from guichet.foundation import clock
from guichet.foundation.refusals import OutOfReach
from guichet.reactions.retrying import may_tend, retry_delivery


def for_leads(request: SignedInRequest) -> None:
    """Raise OutOfReach for everybody else."""
    if not may_tend(request.actor):
        raise OutOfReach


def send_again(request: SignedInRequest, delivery_id: int) -> None:
    """Try a mail at once that is postponed, was given up or came back."""
    for_leads(request)
    retry_delivery(delivery_id, by=request.actor, at=clock.now())
    messages.success(request, _("This e-mail will be tried again at once."))
