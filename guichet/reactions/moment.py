from datetime import datetime

from django.db import connection

from guichet.foundation import clock


def moment() -> datetime:
    """The present by the one clock that all workers share.

    Workers on several machines share a PostgreSQL, and ask it: leases must not depend on whose clock is
    ahead. SQLite is a file of this machine, whose clock they share anyway.
    """
    if connection.vendor != "postgresql":
        return clock.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
    return now
