"""The one entry of the server: pages go over the bridge, live news are served here."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from guichet.project.bridge import Bridge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.project.settings")

PAGE_THREADS = 6

pages = Bridge(get_wsgi_application(), threads=PAGE_THREADS, body_limit=settings.GUICHET_BODY_LIMIT)

# Only now are the apps ready, which the consumers read.
from guichet.edges.live.urls import websocket_urlpatterns  # noqa: E402

live = AllowedHostsOriginValidator(CookieMiddleware(URLRouter(websocket_urlpatterns)))
application = ProtocolTypeRouter({"http": pages, "websocket": live})
