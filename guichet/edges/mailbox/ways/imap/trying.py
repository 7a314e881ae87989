"""A mailbox is tried, step by step, for whoever sets it up."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guichet.foundation.refusals import Conflict

from ...states import Fault
from .accounts import Account
from .connecting import Unreachable, connected

SECONDS_FOR_A_STEP = 10.0

# Whoever tests waits in one of the few threads that answer everybody.
_testing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Step:
    """A sentence of what was found. `passed` is None for a step that was not reached.

    For the one that failed, `said` are the server's own words and `remedy` is what to do.
    """

    sentence: str
    passed: bool | None
    said: str = ""
    remedy: str = ""


def try_out(account: Account) -> list[Step]:
    """Connect as its reader does, and leave its mail alone. Raises Conflict during another test."""
    if not _testing.acquire(blocking=False):
        raise Conflict(gettext_lazy("Another connection is being tested. Try again in a moment."))
    try:
        with connected(account, seconds=SECONDS_FOR_A_STEP):
            return list(_steps(account, None))
    except Unreachable as error:
        return list(_steps(account, error))
    finally:
        _testing.release()


def remedy_of(fault: Fault, account: Account) -> str:
    """What to do about a fault, as a sentence in the active language."""
    remedy = _TOKEN_REFUSED if fault is Fault.SIGN_IN and account.oauth else _REMEDIES[fault]
    return str(remedy) % {"variable": account.variable}


def _steps(account: Account, error: Unreachable | None) -> Iterator[Step]:
    passed: bool | None = True
    for fault, sentence in _passed(account).items():
        if error and fault is error.fault:
            yield Step(str(fault.label), False, error.said, remedy_of(fault, account))
            passed = None
        else:
            yield Step(sentence if passed else _not_reached(fault), passed)


def _passed(account: Account) -> dict[Fault, str]:
    """The steps of this account in their order, each as what is true once it is passed."""
    steps = {
        Fault.NAME: _("The name of its server is known: %(host)s.") % {"host": account.host},
        Fault.SERVER: _("Its server answers at port %(port)s.") % {"port": account.port},
    }
    if account.security != "none":
        steps[Fault.ENCRYPTION] = _("The connection is encrypted, and the certificate is valid.")
    if account.oauth:
        steps[Fault.TOKEN] = _("An access token was given.")
    steps[Fault.SIGN_IN] = _("The server lets %(user)s in.") % {"user": account.user}
    steps[Fault.FOLDER] = _("The folder %(folder)s is there.") % {"folder": account.folder}
    return steps


def _not_reached(fault: Fault) -> str:
    return str(_NOT_REACHED[fault])


_NOT_REACHED = {
    Fault.SERVER: gettext_lazy("The port was not tried."),
    Fault.ENCRYPTION: gettext_lazy("The encryption was not tried."),
    Fault.TOKEN: gettext_lazy("No access token was asked for."),
    Fault.SIGN_IN: gettext_lazy("Signing in was not tried."),
    Fault.FOLDER: gettext_lazy("The folder was not looked for."),
}

_REMEDIES = {
    Fault.NAME: gettext_lazy(
        "Correct the server’s name in %(variable)s. If it is right, ask whoever looks after your DNS."
    ),
    Fault.SERVER: gettext_lazy(
        "See in %(variable)s that the port is right (993 for imaps://, 143 for imap+tls://). See that"
        " the server runs, and that no firewall stands between."
    ),
    Fault.ENCRYPTION: gettext_lazy(
        "Name the server in %(variable)s as its certificate does. If an authority of your own has signed it,"
        " let this machine trust that authority."
    ),
    Fault.TOKEN: gettext_lazy(
        "Grant the access anew at your mail provider, and put the new token into %(variable)s_REFRESH_TOKEN."
    ),
    Fault.SIGN_IN: gettext_lazy(
        "Correct user and password in %(variable)s. See at your mail provider that IMAP is allowed: many want"
        " a password of its own for that, or OAuth 2."
    ),
    Fault.FOLDER: gettext_lazy(
        "Correct the folder at the end of %(variable)s. It may stand below another, such as INBOX/Support."
    ),
    Fault.LOST: gettext_lazy("There is nothing to do unless it happens again and again."),
}
_TOKEN_REFUSED = gettext_lazy(
    "The token was given, but opens no mailbox of this user. See in %(variable)s that user and scope are"
    " right, and at your mail provider that IMAP is allowed."
)
