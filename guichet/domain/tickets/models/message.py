from django.db import models
from django.db.models import Q

from guichet.domain.people.models import Person

from ..states import Channel, MessageKind
from .ticket import Ticket


class Message(models.Model):
    """One thing said in a request, never changed: an edit is a new row that names its `original`."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="messages", db_index=False)
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    by_staff = models.BooleanField()
    kind = models.CharField(max_length=10, choices=MessageKind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    body = models.TextField()
    html = models.TextField()
    created_at = models.DateTimeField()
    original = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    client_key = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=MessageKind.PUBLIC) | Q(by_staff=True), name="message_note_by_staff_only"
            ),
            models.UniqueConstraint(fields=["ticket", "client_key"], name="message_once_per_client_key"),
        ]
        indexes = [models.Index(fields=["ticket", "id"], name="message_by_ticket")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of #{self.ticket_id}"

    @property
    def is_note(self) -> bool:
        return self.kind == MessageKind.NOTE
