"""What people type at this door, bounded before anything costly is done with it."""

import struct
from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.fields import PasswordField
from allauth.core import context, ratelimit
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.base import forms as mfa
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from guichet.domain.people.models import Person
from guichet.domain.people.queries import person_with_email
from guichet.foundation.text.folding import fold_email

from .adapter import LONGEST_PASSWORD
from .known_browsers import counted_as

LONGEST_CREDENTIAL = 20_000  # characters; an attestation with a long chain has some 8,000
# All that a decoder of strangers' bytes raises (JSON, base64, CBOR, COSE) before it knows what it reads.
UNREADABLE = (
    ArithmeticError,
    AttributeError,
    InvalidSignature,
    LookupError,
    RecursionError,
    TypeError,
    UnsupportedAlgorithm,
    ValueError,
    struct.error,
)


class AddressField(forms.CharField):
    """An e-mail address, as the key that we know people by."""

    def to_python(self, value: Any) -> str:
        try:
            return fold_email(str(value or ""))
        except ValueError:
            raise ValidationError(
                _("This is not an e-mail address. It looks like name@example.com.")
            ) from None


class RequestCode(forms.Form):
    """Asks for a code. Known and unknown addresses are counted and answered alike."""

    email = AddressField(label=_("E-mail"))

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if not ratelimit.consume(
            context.request, action="request_login_code", key=counted_as(context.request, email)
        ):
            raise get_adapter().validation_error("too_many_login_attempts")
        self.person: Person | None = person_with_email(email)
        return email


class BoundedPasswords:
    """Mixed into a form: no password longer than LONGEST_PASSWORD is ever hashed."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sentence = _("A password here has at most 128 characters.")
        for field in self.fields.values():
            if isinstance(field, PasswordField):
                field.validators = [*field.validators, MaxLengthValidator(LONGEST_PASSWORD, sentence)]


class SignInWithPassword(BoundedPasswords, account.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = AddressField(label=_("E-mail"))


class ChoosePassword(BoundedPasswords, account.SetPasswordForm):
    pass


class ProvePassword(BoundedPasswords, account.ReauthenticateForm):
    pass


class _OnlyOnce:
    """Mixed into a form: a code of an authenticator app is accepted once (RFC 6238, 5.2)."""

    user: Person
    authenticator: Authenticator

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # the form it is mixed into has it
        if self.authenticator.type == Authenticator.Type.TOTP:
            validity = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
            digits = "".join(filter(str.isdigit, code))
            if not cache.add(f"totp:{self.user.pk}:{digits}", 1, timeout=validity):
                raise get_adapter().validation_error("incorrect_code")
        return code


class SecondStep(_OnlyOnce, mfa.AuthenticateForm):
    pass


class ProveSecondStep(_OnlyOnce, mfa.ReauthenticateForm):
    pass


class CredentialField(forms.JSONField):
    """What a browser answers for a passkey: an object in JSON."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > LONGEST_CREDENTIAL:
            raise get_adapter().validation_error("incorrect_code")
        try:
            credential = super().to_python(value)
        except RecursionError:
            credential = None
        if not isinstance(credential, dict):
            raise get_adapter().validation_error("incorrect_code")
        return credential


class AddPasskey(webauthn.AddWebAuthnForm):
    name = forms.CharField(required=False, max_length=80)
    credential = CredentialField()
    field_order: ClassVar[list[str]] = ["name", "passwordless", "credential"]

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean())
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class _ReadablePasskey:
    def clean_credential(self) -> Authenticator:
        try:
            return super().clean_credential()  # type: ignore[misc]  # the form it is mixed into has it
        except UNREADABLE:
            raise get_adapter().validation_error("incorrect_code") from None


class SignInWithPasskey(_ReadablePasskey, webauthn.LoginWebAuthnForm):
    credential = CredentialField()


class SecondStepPasskey(_ReadablePasskey, webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField()


class ProvePasskey(_ReadablePasskey, webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField()
