"""How a mailbox is reached, as its owner says it in variables. Pure: the settings are made from it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

PREFIX = "GUICHET_MAILBOX_"
EXAMPLE = "imaps://user:password@imap.example.com/INBOX"

# Scheme → how the connection is protected, and the usual port.
_SCHEMES = {"imaps": ("tls", 993), "imap+tls": ("starttls", 143), "imap": ("none", 143)}
_SECRETS = ("PASSWORD", "CLIENT_SECRET", "REFRESH_TOKEN")
_SECRET = re.compile(rf"(.+)_({'|'.join(_SECRETS)})(_FILE)?")
_OPTIONS = {"auth", "token_url", "client_id", "scope"}


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuth:
    """Where a short-lived token is got for a lasting one (RFC 6749 section 6)."""

    token_url: str
    client_id: str
    scope: str = ""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """`key` is that of the policy's mailbox; `security` is tls, starttls or none."""

    key: str
    host: str
    port: int
    security: str
    user: str
    folder: str = "INBOX"
    password: str = field(default="", repr=False)
    oauth: OAuth | None = None

    @property
    def variable(self) -> str:
        """The name of the variable that says all this."""
        return PREFIX + self.key.upper().replace("-", "_")


def accounts_in(variables: Mapping[str, str], mistake: Callable[[str], None]) -> dict[str, Account]:
    """The accounts among the variables, by key. `mistake` is told, in a sentence, of each that cannot be."""
    named = {name: value.strip() for name, value in variables.items() if name.startswith(PREFIX)}
    accounts = {}
    for name, value in named.items():
        if _SECRET.fullmatch(name):
            continue
        secrets = {kind: _secret(named, f"{name}_{kind}", mistake) for kind in _SECRETS}
        try:
            account = _account(name.removeprefix(PREFIX).lower().replace("_", "-"), value, secrets)
        except ValueError as error:
            mistake(f"{name} {error}")
        else:
            accounts[account.key] = account
    for name in named:
        told = _SECRET.fullmatch(name)
        if told and told[1] not in named:
            mistake(f"{name} belongs to {told[1]}, which is not given; write {told[1]}={EXAMPLE}.")
    return accounts


def _account(key: str, value: str, secrets: Mapping[str, str]) -> Account:
    place = urlsplit(value)
    if place.scheme not in _SCHEMES or not place.hostname or not place.username:
        raise ValueError(f"cannot be read; write {EXAMPLE}.")
    security, usual = _SCHEMES[place.scheme]
    if security == "none" and not _is_this_machine(place.hostname):
        raise ValueError("would send the password readable by all; write imaps:// or imap+tls://.")
    if security == "starttls" and place.port == 993:
        raise ValueError("names port 993, where everything is encrypted from the start; write imaps://.")
    oauth = _oauth(place, secrets)
    password = secrets["PASSWORD"] or unquote(place.password or "")
    if not (oauth or password):
        raise ValueError(f"has no password; write {EXAMPLE}, or name a file in {PREFIX}…_PASSWORD_FILE.")
    return Account(
        key=key,
        host=place.hostname,
        port=place.port or usual,
        security=security,
        user=unquote(place.username),
        folder=unquote(place.path.strip("/")) or "INBOX",
        password="" if oauth else password,
        oauth=oauth,
    )


def _oauth(place: SplitResult, secrets: Mapping[str, str]) -> OAuth | None:
    options = dict(parse_qsl(place.query))
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ValueError(f"has “{unknown[0]}”, which is not known; known are {', '.join(sorted(_OPTIONS))}.")
    if options.get("auth", "password") == "password":
        return None
    if options["auth"] != "oauth2":
        raise ValueError("has an auth that is not known; write auth=oauth2, or leave it out.")
    token_url = options.get("token_url", "")
    told = urlsplit(token_url)
    safe = told.scheme == "https" or (told.scheme == "http" and _is_this_machine(told.hostname or ""))
    if not (safe and told.hostname and options.get("client_id") and secrets["REFRESH_TOKEN"]):
        raise ValueError("needs token_url=https://…, client_id=… and, in a variable, its _REFRESH_TOKEN.")
    return OAuth(
        token_url=token_url,
        client_id=options["client_id"],
        scope=options.get("scope", ""),
        client_secret=secrets["CLIENT_SECRET"],
        refresh_token=secrets["REFRESH_TOKEN"],
    )


def _secret(named: Mapping[str, str], name: str, mistake: Callable[[str], None]) -> str:
    path = named.get(f"{name}_FILE", "")
    if not path:
        return named.get(name, "")
    try:
        return Path(path).read_text().strip()
    except OSError as error:
        mistake(f"{name}_FILE cannot be read: {error.strerror} ({path}).")
        return ""


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
