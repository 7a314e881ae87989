"""A private PostgreSQL, its data kept under .cache/bench so that a second run need not fill it again."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from .machine import CACHE, Failed, free_port

# The same for all that is measured. No vacuum in the middle of a run; durability as in production.
OPTIONS = (
    "shared_buffers=1GB",
    "max_wal_size=8GB",
    "autovacuum=off",
    "listen_addresses=127.0.0.1",
    "jit=off",
)


@dataclass(frozen=True)
class Cluster:
    port: int
    process: psutil.Process

    def url(self, name: str) -> str:
        return f"postgres://guichet@127.0.0.1:{self.port}/{name}"

    def create(self, name: str) -> str:
        """The address of the database of this name, made where there is none."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if not found:
                connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self.url(name)

    @contextmanager
    def copied(self, name: str) -> Iterator[str]:
        """The address of a copy, vacuumed and analysed; gone afterwards."""
        drop = f'DROP DATABASE IF EXISTS "{name}_run" WITH (FORCE)'.encode()
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(drop)
            connection.execute(f'CREATE DATABASE "{name}_run" TEMPLATE "{name}" STRATEGY FILE_COPY'.encode())
            with psycopg.connect(self.url(f"{name}_run"), autocommit=True) as copy:
                copy.execute("VACUUM (ANALYZE)")
            try:
                yield self.url(f"{name}_run")
            finally:
                connection.execute(drop)


@contextmanager
def cluster() -> Iterator[Cluster]:
    programs, data, port = _programs(), CACHE / "postgres", free_port()
    if not (data / "PG_VERSION").exists():
        data.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            shutil.chown(data, "nobody")
        _as_owner(
            programs / "initdb", "-D", data, "-U", "guichet", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"
        )
    settings = " ".join(f"-c {option}" for option in (f"port={port}", "unix_socket_directories=", *OPTIONS))
    control = (programs / "pg_ctl", "-D", data, "-w", "-s")
    _as_owner(*control, "-l", data / "log", "-o", settings, "start")
    try:
        yield Cluster(port, psutil.Process(int((data / "postmaster.pid").read_text().split()[0])))
    finally:
        _as_owner(*control, "-m", "fast", "stop")


def _programs() -> Path:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    # Debian keeps the server's programs out of PATH, a folder for each version.
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        return folder
    raise Failed(
        "bench/run needs PostgreSQL's server (Debian: apt install postgresql), or run it with --sqlite."
    )


def _as_owner(*command: object) -> None:
    # PostgreSQL refuses to run as root; the owner of its folder runs it.
    owner = ["runuser", "-u", "nobody", "--"] if os.geteuid() == 0 else []
    ended = subprocess.run([*owner, *map(str, command)], capture_output=True, text=True, check=False, cwd="/")
    if ended.returncode:
        raise Failed(f"{command[0]}: {ended.stdout}{ended.stderr}")
