"""The one entry of the server: pages go over the bridge, sockets to the live door."""

import os
from typing import Any

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import re_path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.project.settings")
# Before anything that has models is imported.
django_pages = get_wsgi_application()

from guichet.edges.live.origins import own_origin_only  # noqa: E402
from guichet.edges.live.urls import websocket_urlpatterns  # noqa: E402
from guichet.project.bridge import Bridge  # noqa: E402

PAGE_THREADS = 6


async def nobody(scope: Any, receive: Any, send: Any) -> None:
    """Close a socket that was opened at an address where nobody listens."""
    await send({"type": "websocket.close"})


sockets = URLRouter([*websocket_urlpatterns, re_path("", nobody)])  # type: ignore[arg-type]  # channels routes ASGI applications
application = ProtocolTypeRouter(
    {
        "http": Bridge(django_pages, threads=PAGE_THREADS, body_limit=settings.GUICHET_BODY_LIMIT),
        # The live door asks for the session itself, as often as rights may have changed.
        "websocket": own_origin_only(CookieMiddleware(sockets)),
    }
)
