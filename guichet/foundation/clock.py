"""The one place where the time of day enters. Edges, worker and command line ask; the domain is told."""

from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)
