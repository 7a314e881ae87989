from django.db import models

from ..states import Cause


class Suppression(models.Model):
    """How many mails to an address came back for good; `since` when it gets none any more, NULL if it does.

    `cause` and `said` are those of the last one.
    """

    address = models.EmailField(max_length=254, unique=True)
    count = models.PositiveIntegerField(default=0)
    since = models.DateTimeField(null=True, db_index=True)
    cause = models.CharField(max_length=20, choices=Cause.choices)
    said = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.address
