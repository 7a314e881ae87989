from django.db import models
from django.db.models import Q

from guichet.domain.people.models import Person
from guichet.domain.tickets.models import Message, Ticket
from guichet.domain.timeline.models import Event

from ..states import Cause, Kind, State


class Delivery(models.Model):
    """One mail owed to one person, until it is sent or given up.

    `next_try_at` says when it may be claimed: the next try of a queued one, the end of the lease of one that
    is being sent (its worker may have died), NULL once nothing more is to be done. `lease_id` names the
    claim: only its holder may write how it ended. `mail_id` is the Message-ID header, the same at every try,
    so that a mail sent twice is one mail to its reader. `message` is what was said in the request, where the
    mail carries it.
    """

    key = models.CharField(max_length=120, unique=True)
    mail_id = models.CharField(max_length=255, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    event = models.ForeignKey(Event, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    ticket = models.ForeignKey(Ticket, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    message = models.ForeignKey(Message, null=True, on_delete=models.PROTECT, related_name="deliveries")
    recipient = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    address = models.EmailField(max_length=254)
    language = models.CharField(max_length=10)

    # A letter carries its words; every other mail is composed when it is sent.
    subject = models.CharField(max_length=250, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    sensitive = models.BooleanField(default=False)

    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    answers_mail = models.BooleanField(default=False)  # of a letter: a mail has caused it, and no hand
    urgent = models.BooleanField(default=False)
    attempts = models.PositiveIntegerField(default=0)
    lease_id = models.UUIDField(null=True)
    next_try_at = models.DateTimeField(null=True)
    give_up_at = models.DateTimeField()
    cause = models.CharField(max_length=20, choices=Cause.choices, blank=True)
    failure = models.TextField(blank=True)  # what the server said
    permanent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="delivery_state_known"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="delivery_kind_known"),
            models.CheckConstraint(
                condition=Q(kind=Kind.LETTER)
                | Q(ticket__isnull=False, recipient__isnull=False, event__isnull=False),
                name="delivery_has_its_request",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[State.QUEUED, State.SENDING], next_try_at__isnull=False)
                | (~Q(state__in=[State.QUEUED, State.SENDING]) & Q(next_try_at=None)),
                name="delivery_pending_has_its_time",
            ),
        ]
        # The first two of what is pending only: as small as the backlog, however many mails were ever sent.
        indexes = [
            models.Index(
                fields=["-urgent", "next_try_at", "id"],
                condition=Q(next_try_at__isnull=False),
                name="delivery_pending",
            ),
            models.Index(
                fields=["ticket", "recipient", "id"],
                condition=Q(next_try_at__isnull=False),
                name="delivery_in_order",
            ),
            models.Index(fields=["address", "created_at"], name="delivery_to_address"),
            models.Index(fields=["state", "-id"], name="delivery_by_state"),
            models.Index(fields=["event", "id"], condition=Q(message=None), name="delivery_of_step"),
            models.Index(
                fields=["-failed_at", "-id"], condition=Q(failed_at__isnull=False), name="delivery_failed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.address}"

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]
