from django.db import models


class Category(models.Model):
    """The key that requests refer to. It outlives the policy that named it; its texts are in the policy."""

    key = models.CharField(max_length=40, primary_key=True)
    titles = models.JSONField(default=dict)
    retired_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.key
