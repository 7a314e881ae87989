"""The language of the pages: a cookie for strangers, the profile for those we know."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from guichet.domain.people.models import Person
from guichet.domain.people.operations import change_profile
from guichet.edges.requests import AnyRequest, is_own_path
from guichet.foundation.clock import now
from guichet.foundation.refusals import Invalid

A_YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def choose(request: AnyRequest) -> HttpResponse:
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        raise Invalid({"language": _("Please choose one of the languages in the list.")})
    if request.actor:
        assert isinstance(request.user, Person)
        change_profile(request.user, by=request.actor, at=now(), language=language)
    back = request.POST.get("next", "")
    response = HttpResponseRedirect(back if is_own_path(back) else "/")
    remember(response, language)
    return response


def remember(response: HttpResponse, language: str) -> None:
    """So that the sign-in page still speaks this language when the person has signed out."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=A_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
