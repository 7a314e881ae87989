"""Signing out elsewhere: what is ended here is signed out at its next request."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions, end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from guichet.edges.requests import SignedInRequest
from guichet.foundation.refusals import OutOfReach


@require_POST
def end_one(request: SignedInRequest, number: int) -> HttpResponse:
    session = UserSession.objects.filter(user=request.user, pk=number).first()
    if session is None:
        raise OutOfReach
    end_sessions(request, [session])
    messages.success(request, _("That browser is signed out."))
    return redirect("sign_in_security")


@require_POST
def end_others(request: SignedInRequest) -> HttpResponse:
    end_other_sessions(request, request.user)
    messages.success(request, _("You are signed out everywhere else."))
    return redirect("sign_in_security")
