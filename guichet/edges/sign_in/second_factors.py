"""Second factors: named after the vendor, kept so that a copy of the database opens nothing."""

import base64
import secrets

import qrcode  # type: ignore[import-untyped]  # its stubs are a package of their own
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage  # type: ignore[import-untyped]  # the same

from guichet.domain.people.models import Person
from guichet.domain.policy import queries as policy
from guichet.edges.second_step import has_second_step


class SecondFactors(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This did not match. Please try again with a fresh code or your passkey."),
        "cannot_delete_authenticator": _(
            "Staff need a second step. Add another one before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # Sealed with a key we no longer have. A secret that nobody knows matches no code.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return may_lose(authenticator)

    def generate_authenticator_name(self, user: AbstractBaseUser, type: str) -> str:  # noqa: A002  # allauth's name
        return gettext("Passkey")

    def build_totp_svg(self, url: str) -> str:
        # On white, or a camera would see nothing on a dark page.
        return str(qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode"))

    def _get_site_name(self) -> str:
        return policy.current().vendor.name


def may_lose(authenticator: Authenticator) -> bool:
    """Whether somebody can do without this second factor: staff keep one where they must have one."""
    person = authenticator.user
    assert isinstance(person, Person)
    return not (person.is_staff and settings.GUICHET_SECOND_STEP) or has_second_step(
        person.pk, but=authenticator.pk
    )


def _box() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    sealed = (
        salted_hmac("guichet.second_factor", "key", secret=key, algorithm="sha256").digest() for key in keys
    )
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in sealed])
