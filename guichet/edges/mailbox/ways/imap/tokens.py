"""Access tokens for mailboxes that take no passwords (OAuth 2.0, RFC 6749 section 6)."""

import json
import threading
import time
from contextlib import suppress
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from .accounts import OAuth

_SECONDS_TO_WAIT = 20.0
_SPARE_SECONDS = 60.0
_USUAL_SECONDS = 300.0

_kept: dict[OAuth, tuple[str, float]] = {}
_asking = threading.Lock()


class NoToken(Exception):
    """The server gave none; what it said instead."""


def token_for(oauth: OAuth) -> tuple[str, bool]:
    """A token that holds for a minute at least, and whether it was given just now. Raises NoToken."""
    with _asking:
        token, ends = _kept.get(oauth, ("", 0.0))
        if time.monotonic() < ends - _SPARE_SECONDS:
            return token, False
        token, seconds = _asked(oauth)
        _kept[oauth] = token, time.monotonic() + seconds
        return token, True


def forget(oauth: OAuth, token: str) -> None:
    """Ask for another the next time: this one was refused."""
    with _asking:
        if _kept.get(oauth, ("", 0.0))[0] == token:
            del _kept[oauth]


def _asked(oauth: OAuth) -> tuple[str, float]:
    fields = {
        "grant_type": "refresh_token",
        "client_id": oauth.client_id,
        "client_secret": oauth.client_secret,
        "refresh_token": oauth.refresh_token,
        "scope": oauth.scope,
    }
    body = urlencode({name: value for name, value in fields.items() if value}).encode()
    try:
        # The address is the owner's own, from the settings.
        with urlopen(Request(oauth.token_url, data=body), timeout=_SECONDS_TO_WAIT) as answer:  # noqa: S310
            told = json.loads(answer.read(65_536))
        return str(told["access_token"]), float(told.get("expires_in", _USUAL_SECONDS))
    except HTTPError as error:
        raise NoToken(f"{error}{_reason(error)}") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoToken(f"{type(error).__name__}: {error}") from error


def _reason(error: HTTPError) -> str:
    """What the server says of it (RFC 6749 section 5.2), if it does."""
    with suppress(OSError, ValueError, AttributeError):
        told = json.loads(error.read(65_536))
        return f": {told.get('error', '')}. {told.get('error_description', '')}".rstrip(" .:") + "."
    return ""
