"""A Dovecot of our own: any user, one password, mail in Maildir folders."""

import getpass
import grp
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from .certificate import make_certificate
from .ports import free_port, until_open

PASSWORD = "secret"
_CONFIGURATION = """
base_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {internal}
default_login_user = {login}
default_internal_group = {group}
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
disable_plaintext_auth = no
auth_mechanisms = plain login{mechanisms}
mail_location = maildir:{folder}/mail/%u
maildir_very_dirty_syncs = yes
mail_uid = {owner}
mail_gid = {group}
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 100
imap_capability = {capability}
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
{tokens}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/mail/%u
}}
service imap-login {{
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service imap-login {{
  chroot =
}}
"""


_TOKENS = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/tokens
}}
"""
_ASKED = """
introspection_mode = get
introspection_url = {url}
active_attribute = active
active_value = true
username_attribute = username
"""


@contextmanager
def dovecot_running(*, introspection_url: str = "") -> Iterator["Dovecot"]:
    """A server in a folder of its own, which goes with it."""
    folder = Path(mkdtemp(prefix="dovecot-"))
    server = Dovecot(folder)
    server.start(introspection_url=introspection_url)
    yield server
    server.stop()
    shutil.rmtree(folder)


class Dovecot:
    """Running from `start` to `stop`. Its certificate is `cert`; new mail goes to `deliver`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.tls_port = free_port(), free_port()
        self.cert, self.key = make_certificate(folder)
        self._owner = "nobody" if os.geteuid() == 0 else getpass.getuser()
        self._group = grp.getgrgid(pwd.getpwnam(self._owner).pw_gid).gr_name
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, idle: bool = True, introspection_url: str = "") -> None:
        """`introspection_url`: who is asked about tokens that are shown instead of passwords."""
        program = shutil.which("dovecot", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
        if not program:
            pytest.fail("This test needs Dovecot (Debian: apt install dovecot-imapd).")
        self.folder.chmod(0o711)  # its programs run as others than the tests
        (self.folder / "mail").mkdir(exist_ok=True)
        self._give(self.folder / "mail")
        (self.folder / "tokens").write_text(_ASKED.format(url=introspection_url))
        configuration = self.folder / "dovecot.conf"
        configuration.write_text(
            _CONFIGURATION.format(
                folder=self.folder,
                cert=self.cert,
                key=self.key,
                port=self.port,
                tls_port=self.tls_port,
                owner=self._owner,
                group=self._group,
                internal=self._owner,
                login=self._owner,
                password=PASSWORD,
                mechanisms=" xoauth2 oauthbearer" if introspection_url else "",
                tokens=_TOKENS.format(folder=self.folder) if introspection_url else "",
                capability="" if idle else "IMAP4rev1 UIDPLUS",
            )
        )
        command = [program, "-F", "-c", str(configuration)]
        self._process = subprocess.Popen(command, start_new_session=True)
        until_open(self.port)

    def stop(self) -> None:
        if self._process:
            # Asked to end, it waits for seconds for whoever is in its entrance.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    def deliver(self, user: str, *mails: bytes) -> None:
        """Put mails into somebody's inbox, as a mail server does."""
        inbox = self.folder / "mail" / user
        for name in ("cur", "new", "tmp"):
            (inbox / name).mkdir(parents=True, exist_ok=True)
            self._give(inbox / name)
        self._give(inbox)
        for mail in mails:
            path = inbox / "tmp" / uuid4().hex
            path.write_bytes(mail)
            self._give(path)
            path.rename(inbox / "new" / path.name)

    def number_anew(self, user: str) -> None:
        """Forget all numbers, as after the loss of an index: another UIDVALIDITY, everything unread."""
        inbox = self.folder / "mail" / user
        time.sleep(1.1)  # what tells the numbers apart is the second in which they were begun
        for path in inbox.glob("dovecot*"):
            path.unlink()
        for path in (inbox / "cur").iterdir():
            path.rename(inbox / "new" / path.name.partition(":")[0])

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, self._owner, self._group)
