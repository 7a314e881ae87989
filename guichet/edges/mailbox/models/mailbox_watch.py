from django.db import models

from ..states import Fault


class MailboxWatch(models.Model):
    """How far a mailbox has been read, and by which worker: one holds it at a time.

    Under one `uidvalidity` numbers only grow (RFC 3501 2.3.1.1): everything up to `last_uid` was received.
    """

    key = models.CharField(max_length=40, primary_key=True)
    uidvalidity = models.BigIntegerField(null=True)
    last_uid = models.BigIntegerField(default=0)

    held_by = models.UUIDField(null=True)
    held_until = models.DateTimeField(null=True)

    checked_at = models.DateTimeField(null=True)
    received = models.BigIntegerField(default=0)
    received_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, choices=Fault.choices, blank=True)
    said = models.CharField(max_length=500, blank=True)  # by its server, about the fault
    failing_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
