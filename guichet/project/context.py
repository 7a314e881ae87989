"""What every page knows without asking."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.utils.translation import get_language

from guichet.domain.policy import queries as policy


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all templates: who looks (`me`), the vendor, the languages, the messages."""
    return {
        "me": getattr(request, "actor", None),
        "vendor": policy.current().vendor,
        "language": get_language() or settings.LANGUAGE_CODE,
        "languages": settings.LANGUAGES,
        "messages": get_messages(request),
        "demo": settings.GUICHET_DEMO,
        "debug": settings.DEBUG,
    }
