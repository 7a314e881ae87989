from django.db.models import QuerySet

from .models import Event


def history_of(subject: str, subject_id: int) -> QuerySet[Event]:
    """Everything that happened to one thing, oldest first, with who did it."""
    return Event.objects.filter(subject=subject, subject_id=subject_id).select_related("by").order_by("id")
