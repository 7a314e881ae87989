"""What we tell allauth about our people: who may come in, how they are written to, where they go next."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.models import Person
from guichet.domain.people.queries import person_with_email
from guichet.edges.requests import is_own_path

from .known_browsers import counted_as, remember
from .mails import write_to

LONGEST_PASSWORD = 128


class AccountAdapter(DefaultAccountAdapter):
    """People are added by staff or as participants; they come in by a code, a password or a passkey."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and password do not belong together."),
        "incorrect_code": _("This is not the code we sent. Please check it and try again."),
        "incorrect_password": _("This is not your password. Please try again."),
        "too_many_login_attempts": _(
            "There were too many tries. Please wait 15 minutes, then ask for a new code."
        ),
        "rate_limited": _("There were too many tries. Please wait a few minutes."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return is_own_path(url)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return "/desk/" if isinstance(request.user, Person) and request.user.is_staff else "/"

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **login: Any) -> HttpResponse:
        assert isinstance(user, Person)
        response: HttpResponse = super().post_login(request, user, **login)
        remember(response, user.email)
        return response

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        return reverse("account_login")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("sign_in_security")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth's holds the Host header, whose port anybody may choose: each would count anew.
        return counted_as(request, credentials["email"])

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        assert isinstance(user, Person)
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def clean_password(self, password: str, user: AbstractBaseUser | None = None) -> str:
        if len(password) > LONGEST_PASSWORD:
            raise ValidationError(_("Please choose a password of at most 128 characters."))
        return str(super().clean_password(password, user))

    def get_reauthentication_methods(self, user: AbstractBaseUser | AnonymousUser) -> list[dict[str, Any]]:
        """How somebody proves that they are still themselves: the second factor where there is one."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if second := [method for method in methods if method["id"] != "reauthenticate"]:
            # A passkey before a code: it is there, while the app may never have been set up.
            return sorted(second, key=lambda method: method["id"] == "mfa_reauthenticate")
        by_code = {"id": "code", "description": _("Get a code by e-mail"), "url": reverse("sign_in_prove")}
        return [*methods, by_code]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue a mail of allauth, in the language of the person. Nobody else is ever written to."""
        if person := person_with_email(email):
            write_to(person, template_prefix, context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        assert isinstance(user, Person)
        super().send_notification_mail(template_prefix, user, context, email or user.email)
