"""A Dovecot of our own with one mailbox, into which mails come all at once or one by one."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from tests.mail.dovecot import PASSWORD, Dovecot

from ..machine import CACHE

USER = "support"


class Mailbox:
    def __init__(self, server: Dovecot) -> None:
        self._server = server
        server.deliver(USER)

    @property
    def url(self) -> str:
        return f"imap://{USER}:{PASSWORD}@127.0.0.1:{self._server.port}/INBOX"

    @contextmanager
    def prepared(self, mails: Sequence[bytes]) -> Iterator[Path]:
        """The mails in a folder beside the mailbox, from where `fill` moves them in."""
        self._server.deliver(aside := f"aside-{uuid4().hex}", *mails)
        folder = self._server.folder / "mail" / aside
        try:
            yield folder / "new"
        finally:
            shutil.rmtree(folder)

    def fill(self, prepared: Path) -> None:
        inbox = self._server.folder / "mail" / USER / "new"
        for path in sorted(prepared.iterdir()):
            path.rename(inbox / path.name)

    def deliver(self, mail: bytes) -> None:
        self._server.deliver(USER, mail)


@contextmanager
def mailbox() -> Iterator[Mailbox]:
    folder = CACHE / "dovecot"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    server = Dovecot(folder)
    server.start()
    try:
        yield Mailbox(server)
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
