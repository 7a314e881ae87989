"""Reports of mail that did not arrive (RFC 3464) land on the mail that they tell of."""

from datetime import datetime

from guichet.reactions.email import address
from guichet.reactions.email.models import Delivery
from guichet.reactions.email.returning import Return, is_hard, returned_by_address, returned_by_id

from .reading import Automatic, Mail
from .reading.mail import Failure

_TOLD = ("failed", "delayed")


def land(mail: Mail, *, at: datetime) -> bool:
    """Write on mails of ours what this one reports of them. False where it reports of none.

    What a person wrote about such a report is no report.
    """
    if mail.automatic is Automatic.NO:
        return False
    failures = [failure for failure in mail.failures if failure.action in _TOLD]
    landed = [_land(failure, mail, at=at) for failure in failures]
    return any(landed)


def _land(failure: Failure, mail: Mail, *, at: datetime) -> Delivery | None:
    told = Return(
        recipient=failure.recipient,
        said=failure.diagnostic or failure.status,
        late=failure.action == "delayed",
        hard=failure.action == "failed" and is_hard(failure.status),
    )
    found = returned_by_id(failure.original_id, told, at=at)
    if found is not None:
        return found
    given = next(filter(None, map(address.read, mail.recipients)), None)
    return returned_by_address(given, told, at=at) if given else None
