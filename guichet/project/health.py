"""Two questions that a load balancer asks. They tell nothing that a stranger may not know."""

from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from guichet.foundation import clock
from guichet.reactions.schedule.heartbeat import worker_is_alive

PLAIN = "text/plain; charset=utf-8"


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers at all."""
    return HttpResponse("alive\n", content_type=PLAIN)


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and has the shape that this code expects, 503 otherwise.

    Whether a worker is at work is told, not judged: pages are no better off if a balancer takes them away.
    """
    try:
        if unapplied_migrations():
            return HttpResponse("not ready\n", content_type=PLAIN, status=503)
        working = worker_is_alive(clock.now())
    except DatabaseError:
        return HttpResponse("not ready\n", content_type=PLAIN, status=503)
    return HttpResponse("ready\n" if working else "ready, but no worker is at work\n", content_type=PLAIN)


class Probes:
    """Middleware: answers both before anything asks by which name we were called, or who calls.

    A balancer calls each machine by its own address, which is not a name of ours.
    """

    ANSWERS = {"/healthz": alive, "/readyz": ready}

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.ANSWERS.get(request.path, self.get_response)(request)


def unapplied_migrations() -> int:
    """How many migrations of this code the database has not seen."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
