"""Adding and removing second steps. Who has just set one up has proved themselves with it; staff keep one."""

from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.forms import Form
from django.http import HttpRequest, HttpResponse

from guichet.foundation.refusals import Conflict

from .forms import AddPasskey
from .second_factors import SecondFactors, may_lose


class AppAddition(totp.ActivateTOTPView):
    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_as_proof(self.request, Authenticator.Type.TOTP)
        return response


class PasskeyAddition(webauthn.AddWebAuthnView):
    form_class = AddPasskey

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        _count_as_proof(self.request, Authenticator.Type.WEBAUTHN)
        return response


class PasskeyRemoval(webauthn.RemoveWebAuthnView):
    def form_valid(self, form: Form) -> HttpResponse:
        if not may_lose(self.get_object()):
            raise Conflict(SecondFactors.error_messages["cannot_delete_authenticator"])
        response: HttpResponse = super().form_valid(form)
        return response


def _count_as_proof(request: HttpRequest, kind: str) -> None:
    newest = Authenticator.objects.filter(user=request.user, type=kind).latest("id")
    post_authentication(request, newest, reauthenticated=True)
