from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from guichet.foundation.text.folding import fold_email

from ..states import StaffRole


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person with this address, however it was typed. Raises Person.DoesNotExist."""
        try:
            return self.get(email=fold_email(username or ""))
        except ValueError:
            raise self.model.DoesNotExist from None


class Person(AbstractBaseUser):
    """Somebody with an e-mail address: a customer, an agent, or both in turn."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    phone = models.CharField(max_length=40, blank=True)
    staff_role = models.CharField(max_length=10, choices=StaffRole.choices, null=True)  # noqa: DJ001  none is no role
    wants_mail = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    came_by_mail = models.BooleanField(default=False)  # a stranger's address, which anybody may have typed
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(email=""), name="person_has_an_email"),
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(staff_role=None) | Q(staff_role__in=StaffRole.values),
                name="person_staff_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def clean(self) -> None:
        super().clean()
        self.email = fold_email(self.email)

    @property
    def is_staff(self) -> bool:
        return self.staff_role is not None and self.is_active

    @property
    def is_proven(self) -> bool:
        """Whether the address is known to be theirs: somebody of ours gave it, or they signed in with it."""
        return not self.came_by_mail or self.last_login is not None

    def get_full_name(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Sessions end when the password or the staff role changes: rights are never carried over."""
        return salted_hmac(
            "guichet.session", f"{self.password}:{self.staff_role}", algorithm="sha256"
        ).hexdigest()
