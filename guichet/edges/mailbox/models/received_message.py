from django.db import models
from django.db.models import Q

from guichet.domain.people.models import Person
from guichet.domain.tickets.models import Message, Ticket

from ..states import Reason, State, Way


class ReceivedMessage(models.Model):
    """One mail that arrived. Its bytes lie in storage under `stored_as`, whatever becomes of it.

    `fingerprint` is the SHA-256 of the bytes: the same mail handed over twice is one row. `content_key`
    stands for its Message-ID, sender and words: the same mail come by two ways is delivered once. One that is
    not settled yet has its `next_try_at`; whoever settles it moves that on and counts the try first.
    """

    fingerprint = models.CharField(max_length=64, unique=True)
    stored_as = models.CharField(max_length=80, unique=True)
    size = models.BigIntegerField()
    received_at = models.DateTimeField()
    was_verified = models.BooleanField()  # its sender, by whoever handed it over
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.COMMAND)
    mailbox = models.CharField(max_length=40, blank=True)  # key of the one it was fetched from

    state = models.CharField(max_length=10, choices=State.choices, default=State.RECEIVED)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    settled_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    # As its sender wrote them.
    sender = models.CharField(max_length=320, blank=True)
    recipients = models.TextField(blank=True)
    subject = models.CharField(max_length=250, blank=True)
    sent_at = models.DateTimeField(null=True)
    mail_id = models.CharField(max_length=255, blank=True)
    content_key = models.CharField(max_length=64, blank=True)

    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="received_state_known"),
            models.CheckConstraint(
                condition=Q(state=State.RECEIVED) | Q(next_try_at=None), name="received_settled_is_not_tried"
            ),
            models.UniqueConstraint(
                fields=["content_key"], condition=Q(message__isnull=False), name="received_delivered_once"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="received_by_state"),
            models.Index(fields=["mailbox", "received_at"], name="received_by_mailbox"),
            models.Index(
                fields=["next_try_at", "id"], condition=Q(next_try_at__isnull=False), name="received_pending"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} from {self.sender}"
