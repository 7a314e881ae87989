"""What a person typed into a form that we could not take, so that it can be handed back to them."""

import re

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError

from guichet.foundation.text.cleaning import clean_text

LONGEST = 20_000  # characters of one field
MOST = 10  # fields
SECRET = re.compile(r"password|passwd|secret|token|code|credential|otp|key", re.IGNORECASE)
# Ticked boxes, chosen options and keys are one short ASCII word; nobody misses those.
CHOSEN = re.compile(r"[\w.:/+-]{0,60}", re.ASCII)


def typed_text(request: HttpRequest) -> str:
    """The sentences in the posted fields, one paragraph each; empty when there are none. Never a secret."""
    # A page of another site must not choose the words that ours shows.
    if request.method != "POST" or request.headers.get("Sec-Fetch-Site") == "cross-site":
        return ""
    try:
        posted = list(request.POST.items())
    except (SuspiciousOperation, MultiPartParserError, OSError):
        return ""
    texts = [
        clean_text(str(value)[:LONGEST])
        for name, value in posted
        if not SECRET.search(name) and not CHOSEN.fullmatch(str(value))
    ]
    return "\n\n".join([text for text in texts if text][:MOST])
