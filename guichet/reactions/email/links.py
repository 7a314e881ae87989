"""Addresses of pages, for mails. No link signs anybody in: the page asks."""

from django.conf import settings

from .unsubscription import signature_of


def request_page(ticket_id: int) -> str:
    return f"{settings.GUICHET_URL}/requests/{ticket_id}/"


def desk_page(ticket_id: int) -> str:
    return f"{settings.GUICHET_URL}/desk/tickets/{ticket_id}/"


def sign_in_page() -> str:
    return f"{settings.GUICHET_URL}/account/login/"


def unsubscription(person_id: int) -> str:
    return f"{settings.GUICHET_URL}/mail/off/{person_id}/{signature_of(person_id)}/"


def profile_page() -> str:
    return f"{settings.GUICHET_URL}/profile/"
