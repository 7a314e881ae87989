"""What the owner of an installation may say from outside. Misspellings stop the start."""

import os
import re
import secrets
from collections.abc import Mapping
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

from guichet.edges.mailbox.limits import Limits, limits_in
from guichet.edges.mailbox.ways.imap.accounts import PREFIX
from guichet.project.buckets import bucket
from guichet.project.providers import SCHEME, provider_settings

KNOWN = {
    "GUICHET_AUTHSERV_ID": "name under which our mail server reports its checks of senders (RFC 8601)",
    "GUICHET_DATA": "folder of the database, the attachments and the generated key",
    "GUICHET_DEBUG": "true while developing: pages show their errors",
    "GUICHET_DEMO": "true for a demonstration: mail goes to a page instead of the world",
    "GUICHET_DKIM_KEY": "private key in PEM that signs what leaves by SMTP (RFC 6376)",
    "GUICHET_DKIM_KEY_FILE": "file that holds this key",
    "GUICHET_DKIM_SELECTOR": "name under which its public half stands in DNS, such as guichet2026",
    "GUICHET_HOSTS": "further names this installation answers to, separated by commas",
    "GUICHET_LMTP": "host:port where a mail server hands mail over by LMTP, such as 127.0.0.1:2424",
    "GUICHET_MAIL_DOMAIN": "domain of the addresses that people reply to",
    "GUICHET_MAIL_FROM": "address that mails come from",
    "GUICHET_MAIL_HOOKS": "name:password that a mail provider shows when it calls us",
    "GUICHET_MAIL_LIMITS": "what a mail may be and may cost to be read, such as mail_mb=50 parts=200",
    "GUICHET_MAIL_URL": "smtp://user:password@host:port, or smtp+tls://, smtp+ssl://, anymail+provider://?…",
    "GUICHET_PROXIES": "addresses of the reverse proxies whose X-Forwarded-* headers are believed",
    "GUICHET_SECRET_KEY": "at least 50 random characters; generated into GUICHET_DATA when absent",
    "GUICHET_SECRET_KEY_FILE": "file that holds the secret key",
    "GUICHET_SMTP": "host:port where a mail server hands mail over by SMTP, such as 127.0.0.1:2525",
    "GUICHET_STORAGE_URL": "s3://key:secret@bucket?endpoint=https://…&region=…; a local folder when absent",
    "GUICHET_URL": "public address of this installation, such as https://help.example.com",
}
SHORTEST_KEY = 50
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?"


class Environment:
    """Reads variables; gathers every mistake so that the owner corrects them in one go."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.mistakes: list[str] = []

    def given(self, name: str) -> bool:
        return bool(self.variables.get(name, "").strip())

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def flag(self, name: str) -> bool:
        value = self.text(name, "false")
        if value not in ("true", "false"):
            self.mistakes.append(f"{name} is “{value}”; write true or false.")
        return value == "true"

    def names(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name).split(",") if part.strip()]

    def hosts(self, name: str) -> list[str]:
        hosts = self.names(name)
        for host in hosts:
            if not re.fullmatch(r"\.?[A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\]", host):
                self.mistakes.append(
                    f"{name} has “{host}”, which is not a host name; leave out scheme, port and path."
                )
        return hosts

    def networks(self, name: str) -> list[str]:
        """Addresses of machines, or of networks of them."""
        networks = self.names(name)
        for network in networks:
            try:
                ip_network(network, strict=False)
            except ValueError:
                self.mistakes.append(f"{name} has “{network}”; write addresses such as 127.0.0.1,10.0.0.0/8.")
        return networks

    def domain(self, name: str, default: str) -> str:
        return self._like(_DOMAIN, "a domain such as help.example.com", name, default)

    def mailbox(self, name: str, default: str) -> str:
        return self._like(rf"[^@\s<>,;]+@{_DOMAIN}", "an address such as help@example.com", name, default)

    def _like(self, pattern: str, such: str, name: str, default: str) -> str:
        value = self.text(name, default)
        if self.given(name) and not re.fullmatch(pattern, value):
            self.mistakes.append(f"{name} is “{value}”; write {such}.")
        return value

    def address(self, name: str, default: str) -> str:
        """An http(s) address without path or trailing slash."""
        value = self.text(name, default).rstrip("/")
        try:
            parts = urlsplit(value)
            sound = (
                parts.scheme in ("http", "https") and parts.hostname and (parts.port or 1) and not parts.path
            )
        except ValueError:
            sound = False
        if not sound or "@" in value or "?" in value or "#" in value:
            self.mistakes.append(f"{name} is “{value}”; write an address such as https://help.example.com.")
            return default
        return value

    def place(self, name: str) -> tuple[str, int] | None:
        """Host and port to listen at; None when absent."""
        value = self.text(name)
        host, _, port = value.rpartition(":")
        if value and not (host and port.isdecimal() and 0 < int(port) < 2**16):
            self.mistakes.append(f"{name} is “{value}”; write a host and a port such as 127.0.0.1:2424.")
            return None
        return (host.strip("[]"), int(port)) if value else None

    def folder(self, name: str, default: Path) -> Path:
        folder = Path(self.text(name, str(default))).expanduser().resolve()
        if folder.exists() and not folder.is_dir():
            self.mistakes.append(f"{name} is “{folder}”, which is a file; name a folder.")
        return folder

    def url(self, name: str, *schemes: str) -> str:
        """The value when its scheme is one of `schemes`; empty when absent or wrong."""
        value = self.text(name)
        if value and not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            starts = " or ".join(f"{scheme}://" for scheme in schemes)
            self.mistakes.append(f"{name} does not start with {starts}.")
            return ""
        try:
            _ = urlsplit(value).port
        except ValueError:
            self.mistakes.append(f"{name} cannot be read: its port is not a number up to 65535.")
            return ""
        return value

    def storage(self, name: str) -> dict[str, Any]:
        """Django's settings of the store for files: the bucket at s3://…, or the folder MEDIA_ROOT."""
        value = self.url(name, "s3")
        if not value:
            return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        try:
            return bucket(value)
        except ValueError:
            self.mistakes.append(f"{name} cannot be read; write s3://bucket?endpoint=https://…&region=….")
        except ModuleNotFoundError:
            self.mistakes.append(
                f"{name} needs more packages: .venv/bin/pip install --require-hashes -r requirements/s3.txt."
            )
        return {}

    def database(self, name: str, default: Path) -> dict[str, Any]:
        """Django's settings of the database at postgres://… or sqlite:///…; an SQLite file by default."""
        value = self.url(name, "postgres", "postgresql", "sqlite") or f"sqlite:///{default}"
        try:
            return dict(environ.Env.db_url_config(value))
        except (ValueError, ImproperlyConfigured):
            self.mistakes.append(f"{name} cannot be read; write postgres://user:password@host:5432/name.")
            return {"NAME": str(default)}

    def mail(self, name: str, *, hooks: str = "") -> dict[str, Any]:
        """Django's EMAIL_* settings; those of `providers` where one is named; empty when no server is."""
        if self.text(name).startswith(SCHEME):
            return provider_settings(self.text(name), hooks, self.mistakes.append)
        value = self.url(name, "smtp", "smtp+tls", "smtp+ssl", "smtps")
        try:
            return dict(environ.Env.email_url_config(value)) if value else {}
        except (ValueError, ImproperlyConfigured):
            self.mistakes.append(f"{name} cannot be read; write smtp://user:password@host:port.")
            return {}

    def limits(self, name: str) -> Limits:
        """What a mail that comes in may be, and may cost."""
        return limits_in(self.text(name), lambda why: self.mistakes.append(f"{name} {why}"))

    def secret_key(self, kept_in: Path) -> str:
        """The key given, or the one in the file given, or one generated once into `kept_in`."""
        key = self.text("GUICHET_SECRET_KEY")
        if path := self.text("GUICHET_SECRET_KEY_FILE"):
            try:
                key = Path(path).read_text().strip()
            except OSError as error:
                self.mistakes.append(f"GUICHET_SECRET_KEY_FILE cannot be read: {error.strerror} ({path}).")
                return secrets.token_urlsafe()
        if not key:
            return self._kept_key(kept_in)
        if len(key) < SHORTEST_KEY:
            self.mistakes.append(
                f"The secret key has {len(key)} characters; it needs {SHORTEST_KEY} random ones."
            )
        return key

    def _kept_key(self, folder: Path) -> str:
        try:
            return _kept_key(folder / "secret_key")
        except OSError as error:
            if folder.is_dir() or not folder.exists():  # that it is a file has been told
                self.mistakes.append(
                    f"GUICHET_DATA is “{folder}”, which cannot be used: {error.strerror}."
                    " Name a folder in which the user Guichet runs as may write."
                )
            return secrets.token_urlsafe()

    def refuse_mistakes(self) -> None:
        """Stop the start, with one line for each mistake. Called once every variable has been read."""
        for name in sorted(self.variables):
            if name.startswith("GUICHET_") and name not in KNOWN and not name.startswith(PREFIX):
                near = get_close_matches(name, KNOWN, 1)
                meant = f"did you mean {near[0]}?" if near else "see docs/operating for the names."
                self.mistakes.append(f"{name} is not a setting of Guichet; {meant}")
        if self.mistakes:
            raise ImproperlyConfigured("\n".join(self.mistakes))


def _kept_key(path: Path) -> str:
    # Two processes may start at once: whoever links first wins, and both read the winner's.
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
