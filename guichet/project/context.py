"""What every page knows without asking."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from guichet.domain.policy import queries as policy
from guichet.domain.policy.document import say
from guichet.edges.mailbox.queries import how_many_wait


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor of all templates: who looks (`me`), the vendor, the languages, the messages."""
    vendor, language = policy.current().vendor, get_language() or settings.LANGUAGE_CODE
    return {
        # One mask for all the forms of a page: each costs as much as a row of a list.
        "csrf_input": SimpleLazyObject(partial(csrf_input, request)),
        "me": getattr(request, "actor", None),
        "vendor": {
            "name": vendor.name,
            "accent_url": reverse("accent", kwargs={"colour": vendor.accent}),
            "contact_email": vendor.email,
            "contact_phone": vendor.phone,
            "hours": say(vendor.hours, language),
        },
        "language": language,
        "languages": settings.LANGUAGES,
        "messages": get_messages(request),
        "outbox": settings.GUICHET_OUTBOX,
        "waiting_mails": how_many_wait,  # asked by the pages of those who look after them
        "debug": settings.DEBUG,
    }
