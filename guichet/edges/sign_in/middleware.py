"""Who is asking: their rights, language and time zone, read once for each request."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.models import Person
from guichet.domain.people.queries import actor_of
from guichet.edges.errors import refused, signed_out
from guichet.edges.requests import AnyRequest, wants_fragment
from guichet.edges.second_step import lacks_second_step
from guichet.foundation.refusals import NotAllowed

View = Callable[..., HttpResponseBase]
SAFE = ("GET", "HEAD", "OPTIONS")


class Presence:
    """Middleware: sets `request.actor` (None for a stranger), and speaks the language of a signed-in person.

    A stranger's language is the one that LocaleMiddleware found in the cookie or the browser's wishes.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyRequest) -> HttpResponseBase:
        person = request.user
        if not isinstance(person, Person) or not person.is_authenticated:
            request.actor = None
            return self.get_response(request)
        request.actor = actor_of(person)
        translation.activate(person.language)
        request.LANGUAGE_CODE = translation.get_language() or person.language
        with timezone.override(person.time_zone):
            return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """Every door is closed unless its view opens it. What was sent after a session ended is handed back."""

    def process_view(
        self,
        request: HttpRequest,
        view_func: View,
        view_args: tuple[object, ...],
        view_kwargs: dict[str, object],
    ) -> HttpResponseBase | None:
        refusal = super().process_view(request, view_func, view_args, view_kwargs)
        if refusal and (request.method not in SAFE or wants_fragment(request)):
            return signed_out(request)
        return refusal


class SecondStepRequired:
    """Middleware: staff set up a second step before anything but this door opens, where it is required."""

    OPEN = "/account/"

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: AnyRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: AnyRequest, view_func: View, *view: object) -> HttpResponseBase | None:
        # What strangers may have (a language, the vendor's colour) needs no second step either.
        if request.path.startswith(self.OPEN) or not getattr(view_func, "login_required", True):
            return None
        if not lacks_second_step(request.actor, request.session):
            return None
        if request.method in SAFE and not wants_fragment(request):
            return redirect("sign_in_security")
        return refused(request, NotAllowed(_("Please set up a second step for signing in first.")))
