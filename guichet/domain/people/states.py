from django.db import models
from django.utils.translation import pgettext_lazy


class StaffRole(models.TextChoices):
    AGENT = "agent", pgettext_lazy("staff role", "Agent")
    LEAD = "lead", pgettext_lazy("staff role", "Lead")
    ADMIN = "admin", pgettext_lazy("staff role", "Admin")


class MemberRole(models.TextChoices):
    MEMBER = "member", pgettext_lazy("role in an organisation", "Member")
    ADMINISTRATOR = "administrator", pgettext_lazy("role in an organisation", "Administrator")
