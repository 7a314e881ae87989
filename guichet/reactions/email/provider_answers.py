"""What it means that a mail provider did not take a mail: is it about this mail, or about us and them?"""

import json
import re
from typing import Any

from anymail.exceptions import (
    AnymailError,
    AnymailInvalidAddress,
    AnymailRecipientsRefused,
    AnymailSerializationError,
    AnymailUnsupportedFeature,
)
from django.conf import settings
from django.core.mail import EmailMessage

from .settle import Failed
from .states import Cause

# Of HTTP. The others are about our set-up (401, 402, 403, 404), our haste (429), or their trouble (5xx).
_OF_THE_MAIL = frozenset({400, 413, 422})
# Postmark answers 422 whatever is wrong: what cannot be sent as it is, an address it sends no more to, a file
# of a forbidden kind. Its other codes are about the account.
_POSTMARK = frozenset({300, 406, 411})
# What each provider says, with the statuses above, of our address, our plan or our account: once that is
# mended, the mail can go.
_OF_US = {
    "brevo": r"\bsender\b|replyTo|not_enough_credits|account_under_validation|permission_denied|unauthorized",
    "mailgun": r"\bfrom\b|Reply-To|\bsandbox|test purposes|\bdomain\b[^\"]*\bnot\b|\baccount\b|\blimit\b",
    "mailjet": r'"(?:From|Sender|ReplyTo)\b|send-0008',
    "postmark": r"'(?:From|Reply-?To)'",
    "resend": r"`(?:from|reply_to)`|invalid_from_address|not verified|quota",
    "sendgrid": r'"field":\s*"(?:from|reply_to)\b|sender identity|credits',
    "sparkpost": r"sending domain|return.path|sending limit|subaccount|\bfrom\b",
}
_TAKEN = frozenset({"sent", "queued"})


def meaning_of(error: AnymailError) -> Failed:
    """A refusal of the recipient or of the content is final, as a 5yz answer is over SMTP."""
    if isinstance(error, AnymailUnsupportedFeature | AnymailSerializationError):
        return Failed(Cause.BROKEN, str(error), permanent=True)
    if isinstance(error, AnymailInvalidAddress):
        return Failed(Cause.DECLINED, str(error), permanent=True, hard=True)
    if error.response is None:
        return Failed(Cause.UNREACHABLE, str(error))
    if isinstance(error, AnymailRecipientsRefused):
        return Failed(Cause.DECLINED, _words(error.response), permanent=True, hard=True)
    return _judged(error.response, str(error))


def not_taken(mail: EmailMessage) -> Failed | None:
    """What became of a mail that was handed over without an error; None when the provider has it.

    Mailjet's refusals, and Postmark's in words that anymail does not know, are no errors to anymail.
    """
    told = getattr(mail, "anymail_status", None)
    if told is None or told.esp_response is None or told.status <= _TAKEN:
        return None
    if told.status == {"unknown"} and told.esp_response.ok:
        return None
    return _judged(told.esp_response, _words(told.esp_response))


def _judged(response: Any, said: str) -> Failed:
    provider = settings.GUICHET_MAIL_PROVIDER
    final = response.ok or response.status_code in _OF_THE_MAIL
    if provider == "postmark":
        final = final and _code_of_postmark(response.text) in _POSTMARK
    if final and not re.search(_OF_US[provider], response.text, re.IGNORECASE):
        return Failed(Cause.DECLINED, said, permanent=True)
    return Failed(Cause.NOT_NOW, said)


def _code_of_postmark(text: str) -> int | None:
    try:
        said = json.loads(text)
    except ValueError:
        return None
    return said.get("ErrorCode") if isinstance(said, dict) else None


def _words(response: Any) -> str:
    return f"{settings.GUICHET_MAIL_PROVIDER.title()} API response {response.status_code}: {response.text}"
