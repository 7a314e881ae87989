"""A Postfix of our own, apart from that of the machine: on two free ports, with its queue in a folder.

At `port` it is what the world sees (an MX), at `own_port` it takes whatever it is given, and sends it on.
"""

import json
import os
import shutil
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from .ports import free_port, until_open

HOST = "mx.vendor.example"
_MAIN = """
compatibility_level = 3.6
config_directory = {folder}/etc
queue_directory = {folder}/queue
data_directory = {folder}/data
maillog_file = {folder}/log
maillog_file_prefixes = {folder}
command_directory = {commands}
daemon_directory = {programs}
myhostname = {host}
mydestination =
mynetworks = 127.0.0.2/32
inet_interfaces = loopback-only
inet_protocols = ipv4
smtp_host_lookup = native
smtputf8_enable = yes
alias_maps =
local_recipient_maps =
relayhost = [127.0.0.1]:{sink}
smtpd_milters = inet:127.0.0.1:{milter}
milter_default_action = tempfail
queue_run_delay = 1s
minimal_backoff_time = 1s
maximal_backoff_time = 2s
transport_retry_time = 1s
address_verify_poll_delay = 1s
address_verify_negative_refresh_time = 1s
"""
_MASTER = """
127.0.0.1:{port}     inet  n - n - - smtpd
127.0.0.1:{own_port} inet  n - n - - smtpd -o mynetworks=127.0.0.0/8 -o smtpd_milters=
pickup   unix n - n 60 1 pickup
cleanup  unix n - n - 0 cleanup
qmgr     unix n - n 300 1 qmgr
rewrite  unix - - n - - trivial-rewrite
bounce   unix - - n - 0 bounce
defer    unix - - n - 0 bounce
trace    unix - - n - 0 bounce
verify   unix - - n - 1 verify
flush    unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
smtp     unix - - n - - smtp
relay    unix - - n - - smtp
showq    unix n - n - - showq
error    unix - - n - - error
retry    unix - - n - - error
local    unix - n n - - local
virtual  unix - n n - - virtual
lmtp     unix - - n - - lmtp
anvil    unix - - n - 1 anvil
scache   unix - - n - 1 scache
postlog  unix-dgram n - n - 1 postlogd
"""


class Postfix:
    """Running from `start` to `stop`. What is not ours goes on to the port `sink`."""

    def __init__(self, folder: Path, *, sink: int, milter: int) -> None:
        self.folder = folder
        self.port, self.own_port = free_port(), free_port()
        self._sink, self._milter = sink, milter
        self._as_root = [] if os.geteuid() == 0 else ["sudo", "-n"]

    def start(self, lines: str, **tables: str) -> None:
        """With these lines at the end of its main.cf. `tables`: what stands in files beside it."""
        before = os.umask(0o022)  # its programs share their folders; commands of ours let nobody in
        try:
            self._start(lines, tables)
        finally:
            os.umask(before)

    def _start(self, lines: str, tables: Mapping[str, str]) -> None:
        program = shutil.which("postfix", path=f"{os.environ['PATH']}:/usr/sbin")
        if not program:
            pytest.fail("This test needs Postfix (Debian: apt install postfix).")
        self.folder.chmod(0o711)  # its programs run as others than the tests
        etc = self.folder / "etc"
        etc.mkdir()
        settings = _MAIN.format(
            folder=self.folder,
            commands=Path(program).parent,
            programs=self._asked("daemon_directory"),
            host=HOST,
            sink=self._sink,
            milter=self._milter,
        )
        (etc / "main.cf").write_text(settings + lines)
        (etc / "master.cf").write_text(_MASTER.format(port=self.port, own_port=self.own_port))
        (self.folder / "queue").mkdir()
        self._run("install", "-d", "-o", self._asked("mail_owner"), str(self.folder / "data"))
        for name, content in tables.items():
            (etc / name).write_text(content)
            self._run("postmap", "-c", str(etc), str(etc / name))
        self._run("postfix", "-c", str(etc), "start")
        for port in (self.port, self.own_port):
            until_open(port)

    def stop(self) -> None:
        self._run("postfix", "-c", str(self.folder / "etc"), "stop")
        self._run("rm", "-rf", str(self.folder))

    def queued(self) -> list[str]:
        """Whom the mails in its queue are for."""
        mails = map(json.loads, self._run("postqueue", "-c", str(self.folder / "etc"), "-j").splitlines())
        return [recipient["address"] for mail in mails for recipient in mail["recipients"]]

    def hand_over(self) -> None:
        """Try everything in the queue, and wait until nothing is left; at most twenty seconds."""
        for _try in range(40):
            if not self.queued():
                return
            self._run("postqueue", "-c", str(self.folder / "etc"), "-f")
            time.sleep(0.5)
        pytest.fail(f"Mail stays in the queue:\n{self.log()}")

    def log(self) -> str:
        return self._run("cat", str(self.folder / "log"))

    def _asked(self, name: str) -> str:
        """How this machine's Postfix was built."""
        return self._run("postconf", "-d", "-h", name).strip()

    def _run(self, *command: str) -> str:
        path = f"{os.environ['PATH']}:/usr/sbin"
        done = subprocess.run(
            [*self._as_root, shutil.which(command[0], path=path) or command[0], *command[1:]],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
        return done.stdout
