from django.db import models


class CapturedMail(models.Model):
    """A mail of a demonstration: kept to be looked at instead of being sent."""

    mail_id = models.CharField(max_length=255, unique=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    raw = models.BinaryField()
    captured_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"
