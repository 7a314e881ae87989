"""Proving to be still oneself before the ways in are changed: an unlocked screen must not be enough."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.forms import ConfirmLoginCodeForm
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.views import BaseReauthenticateView
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from guichet.domain.people.models import Person

from .known_browsers import counted_as

View = Callable[..., HttpResponseBase]
KEPT_AS = "sign_in_proof"


def fresh(view: View) -> View:
    """Let only people in who signed in, or proved themselves, a short while ago; the others do it first."""

    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _is_recent(request):
            return view(request, *args, **kwargs)
        # allauth would keep what was posted in the session, to go on with it: never a password.
        first = get_adapter().get_reauthentication_methods(request.user)[0]["url"]
        after = request.path if request.method == "GET" else reverse("sign_in_security")
        return HttpResponseRedirect(f"{first}?{urlencode({'next': after}, safe='/')}")

    return checked


def _is_recent(request: HttpRequest) -> bool:
    assert isinstance(request.user, Person)
    oldest = time.time() - app_settings.REAUTHENTICATION_TIMEOUT
    return any(record["at"] > oldest for record in get_authentication_records(request, request.user))


class Proof(AbstractCodeVerificationProcess):
    """A code sent to somebody who is signed in already; kept in their session."""

    def __init__(self, request: HttpRequest, state: dict[str, Any]) -> None:
        assert isinstance(request.user, Person)
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
            user=request.user,
        )

    @classmethod
    def begin(cls, request: HttpRequest) -> None:
        assert isinstance(request.user, Person)
        proof = cls(request, cls.initial_state(request.user, request.user.email))
        proof.send()
        proof.persist()

    @classmethod
    def under_way(cls, request: HttpRequest) -> "Proof | None":
        state = request.session.get(KEPT_AS)
        proof: Proof | None = cls(request, state).abort_if_invalid() if state else None
        return proof

    def send(self) -> None:
        adapter = get_adapter()
        self.state["code"] = adapter.generate_login_code()
        adapter.send_mail("account/email/proof_code", self.state["email"], {"code": self.code})

    def persist(self) -> None:
        self.request.session[KEPT_AS] = self.state

    def abort(self) -> None:
        self.request.session.pop(KEPT_AS, None)


class ProveByCode(BaseReauthenticateView):
    """First a button that sends a code, then the field that takes it."""

    template_name = "account/reauthenticate_by_code.html"
    form_class = ConfirmLoginCodeForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.proof = Proof.under_way(request)
        if self.proof is None or "send" in request.POST:
            return self._send(request)
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def _send(self, request: HttpRequest) -> HttpResponse:
        assert isinstance(request.user, Person)
        key = counted_as(request, request.user.email)
        if ratelimit.consume(request, action="request_login_code", key=key):
            Proof.begin(request)
        else:
            messages.error(request, get_adapter().error_messages["too_many_login_attempts"])
        return HttpResponseRedirect(self.passthrough_next_url(request.path))

    def get_form_kwargs(self) -> dict[str, Any]:
        proof = Proof.under_way(self.request)
        return {**super().get_form_kwargs(), "code": proof.code if proof else None}

    def form_invalid(self, form: ConfirmLoginCodeForm) -> HttpResponse:
        if self.proof and not self.proof.record_invalid_attempt():
            messages.error(self.request, get_adapter().error_messages["too_many_login_attempts"])
            return HttpResponseRedirect(self.passthrough_next_url(self.request.path))
        response: HttpResponse = super().form_invalid(form)
        return response

    def form_valid(self, form: ConfirmLoginCodeForm) -> HttpResponse:
        assert self.proof is not None
        self.proof.abort()
        record_authentication(self.request, self.request.user, method="code", reauthenticated=True)
        response: HttpResponse = super().form_valid(form)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "sent": Proof.under_way(self.request) is not None}
