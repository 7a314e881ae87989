"""What every door knows about a request. `guichet.edges.sign_in.middleware` fills it in."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from guichet.domain.people.actors import Actor
from guichet.domain.people.models import Person


class AnyRequest(HttpRequest):
    """A request from anybody: `actor` is None when nobody is signed in."""

    actor: Actor | None


class SignedInRequest(HttpRequest):
    """A request that passed the sign-in: the type of `request` in every view that is not public.

    `actor` holds the person's rights as of this request; `user` is their row.
    """

    actor: Actor
    user: Person


def is_own_path(address: str) -> bool:
    """Whether `address` is a path of this site, and so somewhere a person may be sent on to."""
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def page_before(request: HttpRequest) -> str:
    """The path of our page that a form was sent from; empty where the browser does not tell."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    path = f"{before.path}?{before.query}" if before.query else before.path
    return path if before.netloc == request.get_host() and is_own_path(path) else ""


def wants_fragment(request: HttpRequest) -> bool:
    """Whether a script asked for a piece of the page rather than a browser for all of it."""
    return request.headers.get("HX-Request") == "true"
