"""The desk's door: every address of the desk is made here, and opens for the vendor's staff alone."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.cache import patch_vary_headers

from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach

View = Callable[..., HttpResponseBase]


def opens(route: str, view: View, name: str) -> URLPattern:
    """An address of the desk. For customers it does not exist (404)."""
    return path(route, _staff_only(view), name=name)


def _staff_only(view: View) -> View:
    @wraps(view)
    def guarded(request: SignedInRequest, **named: Any) -> HttpResponseBase:
        if not request.actor.is_staff:
            raise OutOfReach
        response = view(request, **named)
        # The same address answers with a page or with a piece of it.
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded
