from django.db import models
from django.db.models import Q

from guichet.domain.people.models import Person

from ..states import Channel, MessageKind
from .ticket import Ticket


class Message(models.Model):
    """One thing said in a request, never changed: an edit is a new row that names its `original`.

    What came in a mail that nothing proves has no author, and its sender as typed: public where a person
    opened a request with it, otherwise a note. `trimmed` says that its mail holds more than is shown.
    """

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
    trimmed = models.BooleanField(default=False)
    sender_name = models.CharField(max_length=120, blank=True)
    sender_address = models.CharField(max_length=320, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MessageKind.values), name="message_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=MessageKind.PUBLIC) | Q(by_staff=True) | Q(author=None),
                name="message_note_by_no_customer",
            ),
            models.UniqueConstraint(fields=["ticket", "client_key"], name="message_once_per_client_key"),
        ]
        indexes = [models.Index(fields=["ticket", "id"], name="message_by_ticket")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of #{self.ticket_id}"

    @property
    def is_note(self) -> bool:
        return self.kind == MessageKind.NOTE

    @property
    def is_unverified(self) -> bool:
        """Whether nothing proves who wrote it: what the system says comes by no mail."""
        return self.author_id is None and self.channel == Channel.EMAIL

    @property
    def sender(self) -> str:
        """Who it says that it comes from, where nothing proves it."""
        return f"{self.sender_name} <{self.sender_address}>" if self.sender_name else self.sender_address
