"""Addresses of pages, for mails. No link signs anybody in: the page asks."""

from django.conf import settings


def request_page(ticket_id: int) -> str:
    return f"{settings.GUICHET_URL}/requests/{ticket_id}/"


def desk_page(ticket_id: int) -> str:
    return f"{settings.GUICHET_URL}/desk/tickets/{ticket_id}/"


def sign_in_page() -> str:
    return f"{settings.GUICHET_URL}/account/login/"


def profile_page() -> str:
    return f"{settings.GUICHET_URL}/profile/"
