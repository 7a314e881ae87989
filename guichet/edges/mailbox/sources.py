"""How the mail of each mailbox comes in, and how that fares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Count, Max
from django.utils.translation import gettext as _

from guichet.domain.policy.document import Mailbox, say
from guichet.domain.policy.queries import mailboxes, title_of

from .models import MailboxWatch, ReceivedMessage
from .states import Fault
from .ways.imap.accounts import Account
from .ways.imap.trying import remedy_of


@dataclass(frozen=True, slots=True)
class Source:
    """A mailbox. `ways` are sentences; `watch` tells of one that is fetched, `fault` what is wrong there."""

    mailbox: Mailbox
    name: str
    category: str
    ways: Sequence[str]
    account: Account | None
    watch: MailboxWatch | None
    is_held: bool
    received: int
    received_at: datetime | None
    fault: Fault | None
    remedy: str


def sources(language: str, *, at: datetime) -> list[Source]:
    """Every mailbox of the policy, in two queries."""
    watches = MailboxWatch.objects.in_bulk()
    counted = {
        key: (number, newest)
        for key, number, newest in ReceivedMessage.objects.exclude(mailbox="")
        .values_list("mailbox")
        .annotate(Count("id"), Max("received_at"))
    }
    return [_source(one, watches.get(one.key), counted, language, at) for one in mailboxes()]


def strays() -> list[Account]:
    """Accounts of the settings that name no mailbox of the policy: the one or the other is misspelt."""
    known = {mailbox.key for mailbox in mailboxes()}
    return [account for key, account in settings.GUICHET_MAILBOXES.items() if key not in known]


def _source(
    mailbox: Mailbox,
    watch: MailboxWatch | None,
    counted: dict[str, tuple[int, datetime | None]],
    language: str,
    at: datetime,
) -> Source:
    account = settings.GUICHET_MAILBOXES.get(mailbox.key)
    watch = watch if account else None
    received, received_at = counted.get(mailbox.key, (0, None))
    fault = Fault(watch.fault) if watch and watch.fault else None
    return Source(
        mailbox=mailbox,
        name=say(mailbox.name, language) if mailbox.name else mailbox.address,
        category=title_of(mailbox.category, language) if mailbox.category else "",
        ways=list(_ways(account)),
        account=account,
        watch=watch,
        is_held=bool(watch and watch.held_until and watch.held_until > at),
        received=received,
        received_at=received_at,
        fault=fault,
        remedy=remedy_of(fault, account) if fault and account else "",
    )


def _ways(account: Account | None) -> list[str]:
    ways = []
    if account:
        place = {"host": account.host, "port": account.port, "user": account.user, "folder": account.folder}
        ways.append(
            _("It is fetched by IMAP from %(host)s, port %(port)s, as %(user)s, folder %(folder)s.") % place
        )
    for protocol, listens in (("LMTP", settings.GUICHET_LMTP), ("SMTP", settings.GUICHET_SMTP)):
        if listens:
            place = {"protocol": protocol, "host": listens[0], "port": listens[1]}
            ways.append(
                _("A mail server may hand it over by %(protocol)s at %(host)s, port %(port)s.") % place
            )
    if settings.GUICHET_MAIL_PROVIDER:
        ways.append(
            _("Our mail provider may hand it over: %(name)s.") % {"name": settings.GUICHET_MAIL_PROVIDER}
        )
    if not ways:
        ways.append(_("Nothing fetches it; a mail server can hand it over with guichet mail deliver."))
    return ways
