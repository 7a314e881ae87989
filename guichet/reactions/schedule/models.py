from django.db import models


class Slot(models.Model):
    """One run of one chore. Whoever inserts the row runs it: two workers cannot both."""

    key = models.CharField(max_length=80, primary_key=True)  # name@moment
    taken_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class Heartbeat(models.Model):
    """When a worker was last seen at work. One row."""

    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"seen {self.beat_at:%Y-%m-%d %H:%M:%S}"
