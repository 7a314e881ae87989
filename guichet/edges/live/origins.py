"""From which pages a socket may be opened: browsers send cookies along from pages of any site."""

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

Application = Callable[[Any, Any, Any], Awaitable[None]]


def own_origin_only(application: Application) -> Application:
    """Let only sockets through that our own pages open: same scheme, host and port (Origin, RFC 6454)."""

    async def checked(scope: Any, receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        origin = headers.get(b"origin", b"").decode("latin-1")
        host = headers.get(b"host", b"").decode("latin-1")
        if is_own(origin, host=host, secure=scope["scheme"] == "wss"):
            await application(scope, receive, send)
        else:
            await send({"type": "websocket.close"})

    return checked


def is_own(origin: str, *, host: str, secure: bool) -> bool:
    """By the rule that forms are held to: our public address, or that at which this socket was opened."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    domain, _port = split_domain_port(host)
    asked = f"{'https' if secure else 'http'}://{host}"
    return origin == asked and bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
