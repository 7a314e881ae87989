from django.db import models

from guichet.domain.people.models import Person


class Draft(models.Model):
    """What a person has typed and not sent: one per form, kept until sent, purged when old."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=60)
    fields = models.JSONField(default=dict)
    updated_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="draft_once")]

    def __str__(self) -> str:
        return f"{self.key} of {self.person_id}"
