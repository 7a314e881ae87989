from django.conf import settings
from django.db import models


class AppliedPolicy(models.Model):
    """A policy file as it was applied, whole. The newest row is in force; the others are its history."""

    source = models.TextField()
    applied_at = models.DateTimeField()
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"policy of {self.applied_at:%Y-%m-%d %H:%M}"
