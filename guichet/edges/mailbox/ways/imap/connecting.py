"""A connection to a mailbox, or the step at which it failed."""

import imaplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ssl import create_default_context

from imap_tools import (
    BaseMailBox,
    ImapToolsError,
    MailBox,
    MailboxFolderSelectError,
    MailBoxStartTls,
    MailBoxUnencrypted,
    UnexpectedCommandStatusError,
)

from ...states import Fault
from . import tokens
from .accounts import Account, OAuth

SECONDS_TO_WAIT = 30.0
BROKEN = (OSError, imaplib.IMAP4.error, ImapToolsError)


class Unreachable(Exception):
    """`fault` is the step that failed, `said` what the other side or the system said about it."""

    def __init__(self, fault: Fault, error: Exception) -> None:
        self.fault = fault
        self.said = _said(error)[:500]
        super().__init__(f"{fault}: {self.said}")


def _said(error: Exception) -> str:
    """The words of the server or of the system, without those of the libraries between."""
    if isinstance(error, UnexpectedCommandStatusError):
        told = [part for part in error.command_result[1] or [] if isinstance(part, bytes)]
    else:
        told = [part for part in error.args[:1] if isinstance(part, bytes)]
    if told:
        return b" ".join(told).decode("utf-8", "replace")
    if isinstance(error, ssl.SSLCertVerificationError):
        return error.verify_message
    return (error.strerror if isinstance(error, OSError) else "") or str(error)


@contextmanager
def connected(account: Account, *, seconds: float = SECONDS_TO_WAIT) -> Iterator[BaseMailBox]:
    """The mailbox, signed in to, its folder chosen. Raises Unreachable, also when a step takes too long."""
    box = _opened(account, seconds)
    try:
        _signed_in(box, account)
        _chosen(box, account)
        yield box
    finally:
        with suppress(*BROKEN):
            box.logout()


def _opened(account: Account, seconds: float) -> BaseMailBox:
    try:
        socket.getaddrinfo(account.host, account.port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Unreachable(Fault.NAME, error) from error
    try:
        return _MAKERS[account.security](account, seconds)
    except ssl.SSLError as error:
        raise Unreachable(Fault.ENCRYPTION, error) from error
    except OSError as error:
        raise Unreachable(Fault.SERVER, error) from error
    except BROKEN as error:
        step = Fault.ENCRYPTION if account.security == "starttls" else Fault.SERVER
        raise Unreachable(step, error) from error


def _signed_in(box: BaseMailBox, account: Account) -> None:
    try:
        if account.oauth is None:
            box.login(account.user, account.password, initial_folder=None)
        else:
            _shown_token(box, account.user, account.oauth)
    except tokens.NoToken as error:
        raise Unreachable(Fault.TOKEN, error) from error
    except BROKEN as error:
        raise Unreachable(Fault.SIGN_IN, error) from error


def _shown_token(box: BaseMailBox, user: str, oauth: OAuth) -> None:
    """One that has ended before its time is replaced; a new one that is refused would be so again."""
    token, is_new = tokens.token_for(oauth)
    try:
        box.xoauth2(user, token, initial_folder=None)
    except (imaplib.IMAP4.error, ImapToolsError):
        tokens.forget(oauth, token)
        if is_new:
            raise
        box.xoauth2(user, tokens.token_for(oauth)[0], initial_folder=None)


def _chosen(box: BaseMailBox, account: Account) -> None:
    try:
        box.folder.set(account.folder)
    except MailboxFolderSelectError as error:
        raise Unreachable(Fault.FOLDER, error) from error
    except BROKEN as error:
        raise Unreachable(Fault.SERVER, error) from error


_MAKERS: dict[str, Callable[[Account, float], BaseMailBox]] = {
    # Without a context of ours, Python checks no certificate.
    "tls": lambda account, seconds: MailBox(
        account.host, account.port, seconds, ssl_context=create_default_context()
    ),
    "starttls": lambda account, seconds: MailBoxStartTls(
        account.host, account.port, seconds, ssl_context=create_default_context()
    ),
    "none": lambda account, seconds: MailBoxUnencrypted(account.host, account.port, seconds),
}
