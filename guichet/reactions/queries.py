"""What went wrong for good, for the page where people look after it."""

from datetime import datetime

from django.db.models import QuerySet

from guichet.domain.timeline.models import Event

from .email.models import Delivery

__all__ = ["failed_deliveries", "poisoned_events", "waiting_since"]


def poisoned_events() -> QuerySet[Event]:
    """Events whose reactions failed at every try, newest first: `failure` says why, `attempts` how often."""
    return Event.objects.filter(reacted_at=None, next_try_at=None).select_related("by").order_by("-id")


def failed_deliveries() -> QuerySet[Delivery]:
    """Mails that were given up, newest first: `cause`, `failure` and `failed_at` say why and when."""
    failed = Delivery.objects.filter(failed_at__isnull=False)
    return failed.select_related("recipient", "ticket", "event").order_by("-failed_at", "-id")


def waiting_since(before: datetime) -> datetime | None:
    """When the oldest event happened that should have been reacted to before this moment; None if none."""
    late = Event.objects.filter(reacted_at=None, next_try_at__lt=before).order_by("next_try_at", "id")
    return late.values_list("at", flat=True).first()
