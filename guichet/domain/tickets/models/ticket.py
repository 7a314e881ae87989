from datetime import datetime, timedelta
from typing import ClassVar

from django.db import models, transaction
from django.db.models import F, Q

from guichet.domain.people.models import Organisation, Person, Team
from guichet.domain.policy.models import Category
from guichet.foundation.database.rows import update
from guichet.foundation.database.written import Slot, Written
from guichet.foundation.refusals import Conflict, OutOfReach, Sentence

from ..states import MOVES, SHELF_OF, Channel, Shelf, State


class TicketManager(models.Manager["Ticket"]):
    def locked(self, pk: int) -> "Ticket":
        """The ticket, held for this transaction. Raises OutOfReach if there is none."""
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("outside a transaction nothing would be held")
        found = _HELD.rows(number=pk)
        if not found:
            raise OutOfReach
        return found[0]


class Ticket(models.Model):
    """A request. Its organisation is frozen when it is opened; its number is its primary key."""

    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="requests", db_index=False)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, db_index=False)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, db_index=False)
    subject = models.CharField(max_length=1000)
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    mailbox = models.CharField(max_length=40, blank=True)  # key of the one it came to, if by mail

    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    shelf = models.CharField(max_length=10, choices=Shelf.choices, default=Shelf.TEAM)
    hold_reason = models.CharField(max_length=200, blank=True)
    assignee = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="follow_ups", db_index=False
    )

    opened_at = models.DateTimeField()
    active_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    last_message_id = models.BigIntegerField(default=0)
    last_public_by_staff = models.BooleanField(default=False)

    client_key = models.UUIDField(null=True)

    objects: ClassVar[TicketManager] = TicketManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="ticket_has_a_subject"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="ticket_state_known"),
            models.CheckConstraint(
                condition=Q(*[Q(state=s, shelf=shelf) for s, shelf in SHELF_OF.items()], _connector=Q.OR),
                name="ticket_lies_where_its_state_says",
            ),
            models.CheckConstraint(
                condition=Q(shelf=Shelf.DONE, done_at__isnull=False)
                | (~Q(shelf=Shelf.DONE) & Q(done_at=None)),
                name="ticket_done_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ON_HOLD) | Q(hold_reason=""), name="ticket_hold_reason_on_hold_only"
            ),
            models.UniqueConstraint(fields=["requester", "client_key"], name="ticket_once_per_client_key"),
            models.UniqueConstraint(
                fields=["follows"], condition=Q(follows__isnull=False), name="ticket_followed_up_once"
            ),
        ]
        # Each view of the desk reads one of these from its newest end: paging costs the same at any depth.
        # Team and assignee stand at the end for the counts, which ask who may see each request they count.
        indexes = [
            models.Index(
                F("shelf"), F("active_at"), F("id"), F("team"), F("assignee"), name="ticket_by_shelf"
            ),
            models.Index(
                F("assignee"), F("shelf"), F("active_at"), F("id"), F("team"), name="ticket_by_assignee"
            ),
            models.Index(
                F("team"), F("shelf"), F("active_at"), F("id"), F("assignee"), name="ticket_by_team"
            ),
            models.Index(F("organisation"), F("active_at"), F("id"), name="ticket_by_organisation"),
            models.Index(F("requester"), F("active_at"), F("id"), name="ticket_by_requester"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.subject}"

    @property
    def number(self) -> int:
        return self.pk

    @property
    def is_done(self) -> bool:
        return self.shelf == Shelf.DONE

    @property
    def is_closed(self) -> bool:
        return self.state == State.CLOSED

    def may_reopen_at(self, at: datetime, *, days: int) -> bool:
        """Whether `at` is within the reopen window of `days`; past it, a request is followed up."""
        return self.done_at is not None and at <= self.done_at + timedelta(days=days)

    def become(self, state: State, *, at: datetime, sentence: Sentence = "", hold_reason: str = "") -> None:
        """Move to `state`, saving only what that changes. Raises Conflict where no such move exists."""
        if state not in MOVES[State(self.state)]:
            raise Conflict(sentence or f"{self.state} → {state}")
        self.state = state
        self.shelf = SHELF_OF[state]
        self.hold_reason = hold_reason
        self.done_at = (self.done_at or at) if self.is_done else None
        self.active_at = at
        update(self, "state", "shelf", "hold_reason", "done_at", "active_at")


_HELD = Written(
    lambda: Ticket.objects.select_for_update().filter(pk=Slot("number", models.BigIntegerField()))
)
