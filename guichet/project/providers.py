"""Mail providers that are spoken to by their own protocols, through django-anymail."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

SCHEME = "anymail+"
# Which settings each needs. Only those that give back, with their news of a mail, what we sent along with it.
NEEDS = {
    "brevo": ("api_key",),
    "mailgun": ("api_key",),
    "mailjet": ("api_key", "secret_key"),
    "postmark": ("server_token",),
    "resend": ("api_key",),
    "sendgrid": ("api_key",),
    "sparkpost": ("api_key",),
}
MAY_HAVE = ("api_url", "message_stream", "sender_domain", "subaccount", "webhook_signing_key")
SHORTEST_SECRET = 16
SECONDS_TO_WAIT = 60


def provider_settings(url: str, hooks: str, mistake: Callable[[str], None]) -> dict[str, Any]:
    """Django's settings for `anymail+provider://?api_key=…`; `hooks` is the name:password that it shows us.

    Each thing that is wrong is told to `mistake`.
    """
    parts = urlsplit(url)
    provider = parts.scheme.removeprefix(SCHEME)
    given = dict(parse_qsl(parts.query))
    if provider not in NEEDS:
        mistake(f"GUICHET_MAIL_URL names the provider “{provider}”; known are {', '.join(NEEDS)}.")
        return {}
    _check(provider, given, mistake)
    name, _, password = hooks.partition(":")
    if not name or len(password) < SHORTEST_SECRET:
        mistake(
            f"GUICHET_MAIL_HOOKS is missing or too short; write name:password, with {SHORTEST_SECRET} random "
            "characters or more behind the colon: by it we know your mail provider."
        )
    keys = {f"{provider}_{name}".upper(): value for name, value in given.items()}
    return {
        "EMAIL_BACKEND": f"anymail.backends.{provider}.EmailBackend",
        "ANYMAIL": {**keys, "WEBHOOK_SECRET": hooks, "REQUESTS_TIMEOUT": SECONDS_TO_WAIT},
        "provider": provider,
    }


def _check(provider: str, given: Mapping[str, str], mistake: Callable[[str], None]) -> None:
    for name in NEEDS[provider]:
        if not given.get(name):
            mistake(f"GUICHET_MAIL_URL says no {name}; write {SCHEME}{provider}://?{name}=….")
    for name in given.keys() - {*NEEDS[provider], *MAY_HAVE}:
        mistake(f"GUICHET_MAIL_URL says {name}, which {provider} does not know.")
