from django.conf import settings
from django.db import models
from django.db.models import Q


class Event(models.Model):
    """One thing that happened. The facts never change; only the last block moves, as reactions are run."""

    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    because = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="consequences", db_index=False
    )
    facts = models.JSONField(default=dict)

    reacted_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    failure = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kind=""), name="event_has_a_kind"),
        ]
        indexes = [
            models.Index(fields=["subject", "subject_id", "id"], name="event_by_subject"),
            # The worker asks for the oldest unreacted event all day long: this stays as small as its backlog.
            models.Index(fields=["next_try_at", "id"], condition=Q(reacted_at=None), name="event_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}-{self.subject_id}"
