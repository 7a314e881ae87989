"""The one entry of the server: pages go over the bridge."""

import os

from channels.routing import ProtocolTypeRouter
from django.conf import settings
from django.core.wsgi import get_wsgi_application

from guichet.project.bridge import Bridge

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guichet.project.settings")

PAGE_THREADS = 6

pages = Bridge(get_wsgi_application(), threads=PAGE_THREADS, body_limit=settings.GUICHET_BODY_LIMIT)
application = ProtocolTypeRouter({"http": pages})
