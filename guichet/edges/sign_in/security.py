"""One page for all that lets somebody in: password, passkeys, authenticator app, open sessions."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guichet.edges.requests import SignedInRequest
from guichet.edges.second_step import lacks_second_step

from .browsers import name_of


@require_safe
@never_cache
def overview(request: SignedInRequest) -> HttpResponse:
    factors = list(Authenticator.objects.filter(user_id=request.actor.person_id).order_by("created_at"))
    kinds = {factor.type: factor for factor in factors}
    passkeys = [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN]
    codes = kinds.get(Authenticator.Type.RECOVERY_CODES)
    return render(
        request,
        "account/security.html",
        {
            "has_password": request.user.has_usable_password(),
            "passkeys": [(factor, factor.wrap().name) for factor in passkeys],
            "app": kinds.get(Authenticator.Type.TOTP),
            "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
            "sessions": _sessions(request),
            "lacks_second_step": lacks_second_step(request.actor, request.session),
        },
    )


def _sessions(request: HttpRequest) -> list[tuple[UserSession, str, bool]]:
    """This person's sessions, newest first: the row, the browser's name, whether it is this one."""
    alive = UserSession.objects.purge_and_list(request.user)
    newest_first = sorted(alive, key=lambda session: session.created_at, reverse=True)
    return [(one, name_of(one.user_agent), one.is_current()) for one in newest_first]
