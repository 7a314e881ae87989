"""Browsers in which somebody has signed in before: tries from there are counted apart.

Otherwise whoever knows an address could use up its tries, and keep its owner out for as long as they go on.
Such a browser shows a cookie that we signed for this address; it opens nothing.
"""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from guichet.foundation.signing import mac, matches, token

_PURPOSE = "known-browser"
_COOKIE = re.compile(r"([a-z2-7]{32})\.([a-z2-7]{32})")
A_YEAR = 365 * 24 * 3600


def remember(response: HttpResponse, email: str) -> None:
    """Let this browser be known by the address of the person who has just signed in."""
    browser = token()
    response.set_cookie(
        _name(),
        f"{browser}.{mac(_PURPOSE, email, browser)}",
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def counted_as(request: HttpRequest, email: str) -> str:
    """The key under which tries at the address `email` (its key) are counted when they come from here."""
    shown = _COOKIE.fullmatch(request.COOKIES.get(_name(), ""))
    is_known = shown is not None and matches(_PURPOSE, shown[2], email, shown[1])
    return f"{email} {shown[1]}" if shown and is_known else email


def _name() -> str:
    return "__Host-known" if settings.SESSION_COOKIE_SECURE else "known"
