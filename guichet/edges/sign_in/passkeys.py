"""Removing a passkey; staff keep a second step."""

from allauth.mfa.webauthn import views as webauthn
from django.forms import Form
from django.http import HttpResponse

from guichet.foundation.refusals import Conflict

from .second_factors import SecondFactors, may_lose


class PasskeyRemoval(webauthn.RemoveWebAuthnView):
    def form_valid(self, form: Form) -> HttpResponse:
        if not may_lose(self.get_object()):
            raise Conflict(SecondFactors.error_messages["cannot_delete_authenticator"])
        response: HttpResponse = super().form_valid(form)
        return response
