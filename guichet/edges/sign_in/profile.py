"""What people say about themselves: four answers, and no other field counts."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from guichet.domain.people.operations import change_profile
from guichet.edges.requests import SignedInRequest
from guichet.foundation.clock import now
from guichet.foundation.refusals import Invalid, Sentence

from .language import remember
from .time_zones import zones_by_area


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    if request.method != "POST":
        person = request.user
        known = {"name": person.name, "language": person.language, "time_zone": person.time_zone}
        return _page(request, {**known, "wants_mail": person.wants_mail})
    typed = {field: request.POST.get(field, "") for field in ("name", "language", "time_zone")}
    wants_mail = "wants_mail" in request.POST
    try:
        change_profile(
            request.user,
            by=request.actor,
            at=now(),
            name=typed["name"],
            language=typed["language"],
            time_zone=typed["time_zone"],
            wants_mail=wants_mail,
        )
    except Invalid as refusal:
        return _page(request, {**typed, "wants_mail": wants_mail}, refusal.mistakes)
    translation.activate(typed["language"])
    messages.success(request, _("Your profile is saved."))
    response = redirect("profile")
    remember(response, typed["language"])
    return response


def _page(
    request: SignedInRequest, answers: Mapping[str, Any], mistakes: Mapping[str, Sentence] | None = None
) -> HttpResponse:
    context = {
        "answers": answers,
        "mistakes": mistakes or {},
        "zones": zones_by_area(translation.get_language() or settings.LANGUAGE_CODE),
    }
    return render(request, "account/profile.html", context, status=422 if mistakes else 200)
