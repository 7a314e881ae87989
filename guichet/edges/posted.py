"""What a form carried, read without trust."""

from uuid import UUID

from django.http import HttpRequest


def client_key(request: HttpRequest) -> UUID | None:
    """The key that makes a form sent twice one; None where it is missing or none."""
    return key_in(request.POST.get("client_key", ""))


def key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def number_in(text: str) -> int | None:
    """A number that a row can have; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
