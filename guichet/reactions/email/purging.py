from datetime import datetime, timedelta

from .models import CapturedMail

CAPTURED_KEPT = timedelta(days=7)


def purge_captured(*, at: datetime) -> int:
    """Drop what a demonstration sent more than a week ago. Returns how many."""
    return CapturedMail.objects.filter(captured_at__lt=at - CAPTURED_KEPT).delete()[0]
