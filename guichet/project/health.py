"""Two questions that a load balancer asks. They tell nothing that a stranger may not know."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

PLAIN = "text/plain; charset=utf-8"


@login_not_required
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return HttpResponse("alive\n", content_type=PLAIN)


@login_not_required
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has the shape that this code expects, 503 otherwise."""
    try:
        is_ready = not unapplied_migrations()
    except DatabaseError:
        is_ready = False
    return HttpResponse(
        "ready\n" if is_ready else "not ready\n", content_type=PLAIN, status=200 if is_ready else 503
    )


def unapplied_migrations() -> int:
    """How many migrations of this code the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
