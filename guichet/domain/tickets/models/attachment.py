import uuid

from django.db import models
from django.db.models import Q

from guichet.domain.people.models import Person

from .message import Message
from .ticket import Ticket


class Attachment(models.Model):
    """A file: first its uploader's alone (no message), then its message's, for good.

    `stored_as` is random; `name` is what the person called it, and is only ever shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    uploader = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="attachments")
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="attachments")
    name = models.CharField(max_length=150)
    stored_as = models.CharField(max_length=80, unique=True)
    preview_as = models.CharField(max_length=80, blank=True)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="attachment_is_not_empty"),
            models.CheckConstraint(
                condition=Q(ticket=None, message=None) | Q(ticket__isnull=False, message__isnull=False),
                name="attachment_belongs_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["created_at"], condition=Q(message=None), name="attachment_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.pk})"

    @property
    def is_pending(self) -> bool:
        return self.message_id is None
