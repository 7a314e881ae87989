"""The ways in: a code by e-mail first, a password or a passkey instead."""

import time
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.stages import LoginStage
from allauth.core import ratelimit
from allauth.mfa.webauthn import views as webauthn
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.decorators import method_decorator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .forms import RequestCode, SignInWithPasskey, SignInWithPassword
from .known_browsers import counted_as
from .mails import compose

# As long as a mail takes to be queued, and the worker that it wakes to have sent it.
LEAST_SECONDS = 0.1


class _StartsAgain:
    """Mixed into a way in: somebody who waits for a code may choose another address or another way."""

    def _redirect_to_pending_stage(self, request: HttpRequest, stage: LoginStage) -> None:
        return None


class CodeEntrance(_StartsAgain, account.RequestLoginCodeView):
    """The first screen. The answer, and the time it takes, are the same for every address."""

    template_name = "account/request_login_code.html"
    form_class = RequestCode

    def form_valid(self, form: RequestCode) -> HttpResponse:
        ready_at = time.monotonic() + LEAST_SECONDS
        LoginCodeVerificationProcess.initiate(
            request=self.request, user=form.person, email=form.cleaned_data["email"]
        )
        if form.person is None:
            self._work_as_if_known()
        time.sleep(max(0.0, ready_at - time.monotonic()))
        return HttpResponseRedirect(self.get_success_url())

    def _work_as_if_known(self) -> None:
        # As much rendering and as many commits as for a mail, but no mail: else strangers could have
        # this site write to anybody, and its good name with the mail providers would be theirs to spend.
        compose("account/email/login_code", {"code": "000000"}, get_language() or "en", "UTC")
        self.request.session.save()


class PasswordEntrance(_StartsAgain, account.LoginView):
    template_name = "account/login.html"
    form_class = SignInWithPassword


class PasskeyEntrance(_StartsAgain, webauthn.LoginWebAuthnView):
    form_class = SignInWithPasskey


@method_decorator(login_not_required, name="dispatch")
class CodeConfirmation(account.ConfirmLoginCodeView):
    """Takes the code. Tries are counted by address too: many sessions buy nobody more guesses."""

    _process: LoginCodeVerificationProcess | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        if getattr(self, "_process", self) is None:
            messages.error(request, _("This code has expired. Please ask for a new one."))
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        assert self._process is not None
        key = counted_as(request, self._process.state["email"])
        if not ratelimit.consume(request, action="confirm_login_code", key=key):
            self._process.abort()
            messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
            return HttpResponseRedirect(self.passthrough_next_url("/account/login/"))
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response
