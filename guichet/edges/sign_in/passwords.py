"""A password is optional. Setting one asks for no old one: who forgot it comes in by a code instead."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.password_change import (
    finalize_password_change,
    finalize_password_set,
    logout_on_password_change,
)
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from guichet.edges.errors import too_many
from guichet.edges.requests import SignedInRequest

from .forms import ChoosePassword
from .proofs import fresh


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
@fresh
def choose(request: SignedInRequest) -> HttpResponse:
    person = request.user
    if not ratelimit.consume(request, action="change_password"):
        return too_many(request)
    form = ChoosePassword(user=person, data=request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(
            request, "account/password_set.html", {"form": form}, status=422 if form.errors else 200
        )
    finalize = finalize_password_change if person.has_usable_password() else finalize_password_set
    form.save()
    finalize(request, person)
    messages.success(request, _("Your password is set. Other browsers are signed out."))
    return redirect("sign_in_security")


@require_POST
@fresh
def remove(request: SignedInRequest) -> HttpResponse:
    person = request.user
    if person.has_usable_password():
        person.set_unusable_password()
        person.save(update_fields=["password"])
        logout_on_password_change(request, person)
        get_adapter().send_notification_mail("account/email/password_removed", person)
        messages.success(request, _("Your password is removed. You sign in by a code from now on."))
    return redirect("sign_in_security")
