from django.db import models

from guichet.domain.people.models import Person

from .ticket import Ticket


class Participant(models.Model):
    """A person copied on a request: they see it and may write in it. The requester is not among them."""

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ticket", "person"], name="participant_once")]

    def __str__(self) -> str:
        return f"{self.person_id} on #{self.ticket_id}"
